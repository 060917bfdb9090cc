/** What was looked for, or a sentence that says why it is not there. */
export type Found<T> = T | { readonly mistake: string };
