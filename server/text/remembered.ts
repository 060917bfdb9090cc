/** A question about something that never changes, such as a node or what was read from it: each is asked it once. */
export function remembered<Subject extends object, Answer>(
  question: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const answers = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    let known = answers.get(subject);
    if (known === undefined) {
      known = { answer: question(subject) };
      answers.set(subject, known);
    }
    return known.answer;
  };
}

/**
 * The same for a question about an object in the light of something else, such as the settings; the answer in the last
 * light is kept, as long as the object's tree is.
 */
export function rememberedIn<Subject extends { readonly root: object }, Light, Answer>(
  question: (subject: Subject, light: Light) => Answer,
): (subject: Subject, light: Light) => Answer {
  const answers = new WeakMap<object, { readonly light: Light; readonly answer: Answer }>();
  return (subject, light) => {
    const { root } = subject;
    let known = answers.get(root);
    if (known === undefined || known.light !== light) {
      known = { light, answer: question(subject, light) };
      answers.set(root, known);
    }
    return known.answer;
  };
}
