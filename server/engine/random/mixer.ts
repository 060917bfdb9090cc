/** Every bit of the result depends on every bit of the input: the finish of MurmurHash3 (Austin Appleby). */
function mix(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** FNV-1a over the UTF-16 code units: offset basis and prime of 32 bits. */
function hash(name: string): number {
  let sum = 0x811c9dc5 | 0;
  for (let n = 0; n < name.length; n++) {
    const unit = name.charCodeAt(n);
    sum = Math.imul(sum ^ (unit & 0xff), 0x01000193);
    sum = Math.imul(sum ^ (unit >>> 8), 0x01000193);
  }
  return sum;
}

/** splitmix32: words that seed a stream. Seeds are taken as 32 bits; 2^32 + 7 is 7. */
export function mixer(seed: number, name: string): () => number {
  let word = mix((seed | 0) ^ mix(hash(name)));
  return () => {
    word = (word + 0x9e3779b9) | 0;
    return mix(word);
  };
}
