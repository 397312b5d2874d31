// The ids another reader of tokenizer.json gives: npm's @huggingface/tokenizers 0.2.0.
//
//   (in a folder outside the repository)  npm install @huggingface/tokenizers@0.2.0
//   node …/tools/goldens/tokenizers.mjs TOKENIZER.json TEXTS.json > EXPECTED.json
//
// TEXTS is an array of strings; EXPECTED holds { text, ids, decoded } for each.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const { Tokenizer } = createRequire(`${process.cwd()}/`)('@huggingface/tokenizers');
const [tokenizerFile, textsFile] = process.argv.slice(2);
const tokenizer = new Tokenizer(JSON.parse(readFileSync(tokenizerFile, 'utf8')), {});
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));
const entries = texts.map(text => {
    const { ids } = tokenizer.encode(text);
    const decoded = ids.length ? tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false }) : '';
    return JSON.stringify({ text, ids, decoded });
});
console.log(`[\n${entries.join(',\n')}\n]`);
