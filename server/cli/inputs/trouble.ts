/** Something that could not be read, before it has the name that people know it by. */
export interface Trouble {
  readonly absolute: string;
  readonly reason: string;
}
