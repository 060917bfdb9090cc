/**
 * Who keeps what was found out about it. The answers go with it: were they held in a table of their own, even a weak
 * one, they and all that they point to would live until the next full collection of garbage.
 */
export interface Knowing {
  facts?: Map<object, unknown> | undefined;
}

/** A question about something that never changes, such as a node or what was read from it: each is asked it once. */
export function remembered<Subject extends Knowing, Answer>(
  question: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  return (subject) => {
    const facts = factsOf(subject);
    const known = facts.get(question);
    if (known !== undefined || facts.has(question)) return known as Answer;
    const answer = question(subject);
    facts.set(question, answer);
    return answer;
  };
}

/** The same for a question in the light of something else, such as the settings; the answer in the last light is kept. */
export function rememberedIn<Subject extends Knowing, Light, Answer>(
  question: (subject: Subject, light: Light) => Answer,
): (subject: Subject, light: Light) => Answer {
  return (subject, light) => {
    const facts = factsOf(subject);
    let known = facts.get(question) as { readonly light: Light; readonly answer: Answer } | undefined;
    if (known === undefined || known.light !== light) {
      known = { light, answer: question(subject, light) };
      facts.set(question, known);
    }
    return known.answer;
  };
}

function factsOf(subject: Knowing): Map<object, unknown> {
  subject.facts ??= new Map();
  return subject.facts;
}
