// Writes src/Heed.Text/Normalisation/forms.txt from the Unicode data that Node carries.
// Usage: node tools/unicode/forms.mjs > src/Heed.Text/Normalisation/forms.txt
//
// Lines:  XXXX=YYYY+ZZZZ      canonical, composes again        XXXX>YYYY…  canonical, does not compose again (full)
//         XXXX~YYYY…          compatibility (full)             XXXX..YYYY:N  combining class N
// Hangul syllables are left out: they follow from arithmetic (The Unicode Standard, §3.12).

const hex = c => c.toString(16).toUpperCase().padStart(4, '0');
const points = text => Array.from(text, c => c.codePointAt(0));
const text = (...codes) => String.fromCodePoint(...codes);

// One character of each combining class other than 0; the order of two marks after normalisation reveals every other one.
const samples = {
    1: 0x334, 6: 0x16FF0, 7: 0x93C, 8: 0x3099, 9: 0x94D, 10: 0x5B0, 11: 0x5B1, 12: 0x5B2, 13: 0x5B3, 14: 0x5B4, 15: 0x5B5, 16: 0x5B6,
    17: 0x5B7, 18: 0x5B8, 19: 0x5B9, 20: 0x5BB, 21: 0x5BC, 22: 0x5BD, 23: 0x5BF, 24: 0x5C1, 25: 0x5C2, 26: 0xFB1E, 27: 0x64B, 28: 0x64C,
    29: 0x64D, 30: 0x64E, 31: 0x64F, 32: 0x650, 33: 0x651, 34: 0x652, 35: 0x670, 36: 0x711, 84: 0xC55, 91: 0xC56, 103: 0xE38, 107: 0xE48,
    118: 0xEB8, 122: 0xEC8, 129: 0xF71, 130: 0xF72, 132: 0xF74, 202: 0x321, 214: 0x1DCE, 216: 0x31B, 218: 0x302A, 220: 0x316, 222: 0x59A,
    224: 0x302E, 226: 0x1D16D, 228: 0x5AE, 230: 0x300, 232: 0x315, 233: 0x35C, 234: 0x35D, 240: 0x345,
};
const classes = Object.entries(samples).map(([number, sample]) => [Number(number), sample]);
const swaps = (first, second) => points(text(0x61, first, second).normalize('NFD'))[1] === second && first !== second;

function combiningClass(code) {
    if (text(code).normalize('NFD') !== text(code)) return 0;
    const known = classes.find(([, sample]) => sample === code);
    if (known) return known[0];
    if (!swaps(code, 0x334) && !swaps(0x345, code)) return 0;
    const fits = classes.filter(([, sample]) => !swaps(code, sample) && !swaps(sample, code));
    if (fits.length !== 1) throw new Error(`${hex(code)} fits ${fits.length} combining classes`);
    return fits[0][0];
}

const lines = [`# Unicode ${process.versions.unicode}: decompositions and combining classes, made by tools/unicode/forms.mjs`];
const ranges = [];
for (let code = 0; code < 0x110000; code++) {
    if ((code >= 0xD800 && code < 0xE000) || (code >= 0xAC00 && code < 0xD7A4)) continue;
    const own = text(code), canonical = own.normalize('NFD'), compatible = own.normalize('NFKD');
    if (canonical !== own) {
        const all = points(canonical), last = all.pop();
        const first = all.length > 0 ? points(text(...all).normalize('NFC')) : [];
        const composes = own.normalize('NFC') === own && first.length === 1;
        lines.push(composes ? `${hex(code)}=${hex(first[0])}+${hex(last)}` : `${hex(code)}>${points(canonical).map(hex).join(' ')}`);
    }
    if (compatible !== canonical) lines.push(`${hex(code)}~${points(compatible).map(hex).join(' ')}`);
    const combining = combiningClass(code);
    if (combining === 0) continue;
    const open = ranges.at(-1);
    if (open && open.end === code - 1 && open.combining === combining) open.end = code;
    else ranges.push({ start: code, end: code, combining });
}
for (const { start, end, combining } of ranges) lines.push(`${hex(start)}..${hex(end)}:${combining}`);
console.log(lines.join('\n'));
