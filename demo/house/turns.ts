/** `work` on each, by so many hands at once; the answers in the order of the questions. */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  hands: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers = new Array<Answer>(items.length);
  const waiting = items.entries();
  const one = async (): Promise<void> => {
    for (const [at, item] of waiting) answers[at] = await work(item);
  };
  await Promise.all(Array.from({ length: hands }, one));
  return answers;
}
