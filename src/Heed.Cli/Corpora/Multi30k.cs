namespace Heed.Cli.Corpora;

/// <summary>Multi30k, task 1: image captions in English, German and French, aligned by line. Elliott et al. 2016, 2017.</summary>
static class Multi30k
{
    // The text as it is, and lower-cased, normalised and tokenised by its authors: what most published scores are computed on.
    const string Raw = "raw", Tokenised = "lc.norm.tok";

    /// <summary>Training, validation and the Flickr test set of 2016, in both forms.</summary>
    public static Corpus Corpus { get; } = new("multi30k", "29,000 image captions in English, German and French", "https://raw.githubusercontent.com/multi30k/dataset/master/data/task1",
        "Multi30k comes from Flickr30K and is provided for researchers and educators, for non-commercial research and education. Elliott, Frank, Sima'an and Specia 2016.",
    [
        new(Raw + "/train.de", "raw/train.de.gz", 2110398, "2c2b73fd2b548fbcde3a875e0a78d6ee94d498bfdee6bd3eae3945779e9ddf72"),
        new(Raw + "/train.en", "raw/train.en.gz", 1801238, "460a15fbd157e34a7a9957ee388c1ca247fe47af3ef25fb50442af6c274e0fc6"),
        new(Raw + "/train.fr", "raw/train.fr.gz", 2111303, "5925a3c18f1587b6b54b87743106e6e8ab93618edb6f65d19eac0621f853a10d"),
        new(Raw + "/val.de", "raw/val.de.gz", 75981, "660e09eb7e1da2f856ea13ee5ad3cf6d36b3d5b0b733c857e94c5747a3dfc660"),
        new(Raw + "/val.en", "raw/val.en.gz", 63297, "1f2a23d992769b5b3d209b0a10dd0b77c08cceb1f20dfb97ed0aafa49d107227"),
        new(Raw + "/val.fr", "raw/val.fr.gz", 73924, "5304e444d842e962b2dda4d816b70b22a1765b15401642b7ca37a67477e708dc"),
        new(Raw + "/test_2016_flickr.de", "raw/test_2016_flickr.de.gz", 70649, "4be6b5b3236b79c25475c6bb829800a7ce559e9ba7a1f6c2394fe4d40be46d16"),
        new(Raw + "/test_2016_flickr.en", "raw/test_2016_flickr.en.gz", 62076, "399a4382932c1aadd3ceb9bef1008d388a64c76d4ae4e9d4728c6f4301cac182"),
        new(Raw + "/test_2016_flickr.fr", "raw/test_2016_flickr.fr.gz", 72261, "cb3160d69b002bb638e66cc7612fcd56cb0af82eadc9c142dedc438afb885ef6"),
        new(Tokenised + "/train.lc.norm.tok.de", "tok/train.lc.norm.tok.de", 2150008, "cb5a23529b65ec2061f1dc446192a9c37382b63cc75f81a0be59d34894b3a505"),
        new(Tokenised + "/train.lc.norm.tok.en", "tok/train.lc.norm.tok.en", 1837696, "08925f8e0572bcd5a006702fc5fe20e2d77c6917d4eebd576fc20de6693c2119"),
        new(Tokenised + "/train.lc.norm.tok.fr", "tok/train.lc.norm.tok.fr", 2235588, "8fa41bb718412bcb7c5dfa58603842810a01543eae86a51279f9886b901266e1"),
        new(Tokenised + "/val.lc.norm.tok.de", "tok/val.lc.norm.tok.de", 77273, "97232bd273eceb7207f689527386a97e4be2616b18ada47576bdaf96c8ae1f00"),
        new(Tokenised + "/val.lc.norm.tok.en", "tok/val.lc.norm.tok.en", 64608, "46573ce391ae227f1c72f873392436a20ef18e0a6d518098cfbd70b77c8572ec"),
        new(Tokenised + "/val.lc.norm.tok.fr", "tok/val.lc.norm.tok.fr", 78242, "b303e301aa21fe7822a846b2b3fb2d5a1121ec807cd5b1d006fb7b2b5507168a"),
        new(Tokenised + "/test_2016_flickr.lc.norm.tok.de", "tok/test_2016_flickr.lc.norm.tok.de", 71917, "c6a33d39d48f9f510de147651316cd9d918e09ad0219df734a2f16b6baccacc4"),
        new(Tokenised + "/test_2016_flickr.lc.norm.tok.en", "tok/test_2016_flickr.lc.norm.tok.en", 63307, "5b7f32627cf99eced828311b955dae9800bb52bc8b91cf8b6526829e605b29d2"),
        new(Tokenised + "/test_2016_flickr.lc.norm.tok.fr", "tok/test_2016_flickr.lc.norm.tok.fr", 76394, "1463bd5960f9bfe098ec3cd752d3df0c49c84dc646fb518964a29232658cd836"),
    ]);
}
