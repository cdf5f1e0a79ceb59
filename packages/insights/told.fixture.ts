/** What a test expects to be told; the sentence otherwise. */
export function told<Answer extends { readonly type: string; readonly sentence?: string }>(answer: Answer) {
  if (answer.type === 'untold') throw new Error(answer.sentence)
  return answer as Exclude<Answer, { readonly type: 'untold' }>
}
