import { type WrongDocument, withCondition, withRules } from './wrong-document.fixture.ts'

const ofLines = (condition: string) =>
  withRules(`  - { id: extra, on: order.paid, give: 5 points, per: item, lines: '${condition}' }`)
const ofReview = (condition: string) =>
  withRules(`  - { id: extra, on: activity.review, give: 5 points, when: '${condition}' }`)

export const wrongConditions: readonly WrongDocument[] = [
  { code: 'condition-empty', text: withCondition('‸""'), instead: 'in quotes' },
  { code: 'condition-too-long', text: withCondition(`‸'${'x'.repeat(2001)}'`), instead: 'Split it' },
  { code: 'condition-syntax', text: withCondition(`'order.items ‸= 3'`), instead: '==' },
  { code: 'condition-syntax', text: withCondition(`'order.items > 3 ‸and true'`), instead: '&&' },
  { code: 'condition-syntax', text: withCondition(`'order.items >=‸'`), instead: 'look like this' },
  { code: 'condition-type', text: withCondition(`'‸order.items'`), instead: 'Compare it' },
  { code: 'condition-type', text: withCondition(`'order.items > ‸"3"'`), instead: 'Compare like with like' },
  { code: 'condition-type', text: withCondition(`'‸order.items && true'`), instead: 'Join comparisons' },
  { code: 'condition-money', text: withCondition(`'order.total >= ‸30'`), instead: 'money("30.00")' },
  { code: 'condition-money', text: withCondition(`'order.total >= money(‸"30")'`), instead: 'money("30.00")' },
  { code: 'condition-money', text: ofReview('activity.spent > ‸3.5'), instead: 'money("3.50")' },
  { code: 'condition-type', text: withCondition(`'‸order.channel.startsWith(1)'`), instead: 'a text about a text' },
  { code: 'condition-type', text: withCondition(`'‸money(30) < order.total'`), instead: 'money("30.00")' },
  { code: 'condition-type', text: withCondition(`'order.items.‸many > 3'`), instead: 'Leave out' },
  { code: 'condition-type', text: withCondition(`'"a" in ["a", ‸1]'`), instead: 'like with like' },
  { code: 'condition-type', text: withCondition(`'‸order.items > 1 ? true : 1'`), instead: 'like with like' },
  { code: 'condition-unknown-fact', text: withCondition(`'‸ordr.items > 3'`), instead: 'Did you mean `order`?' },
  { code: 'condition-unknown-fact', text: withCondition(`'‸items > 3'`), instead: 'Did you mean `order.items`?' },
  { code: 'condition-unknown-fact', text: withCondition(`'order.‸itmes > 3'`), instead: 'Did you mean `items`?' },
  { code: 'condition-unknown-fact', text: withCondition(`'‸line.quantity > 3'`), instead: '`lines`' },
  { code: 'condition-unknown-fact', text: ofLines('‸order.items > 3'), instead: '`when`' },
  { code: 'condition-unknown-fact', text: ofReview('activity.‸wrods > 3'), instead: 'Did you mean `words`?' },
  { code: 'condition-unknown-fact', text: ofReview('activity.‸constructor > 3'), instead: 'words' },
  // Where the condition is quoted in other ways, the finding still points at the word.
  { code: 'condition-unknown-fact', text: withCondition(`"order.channel == \\"web\\" && ‸itmes"`), instead: 'items' },
  { code: 'condition-unknown-fact', text: withCondition(`'"it''s" == order.channel || ‸itmes'`), instead: 'items' },
  {
    code: 'condition-unknown-fact',
    text: withCondition(`|\n      order.items > 3 &&\n      order.‸itmes < 5`),
    instead: 'items',
  },
  {
    code: 'condition-unknown-fact',
    text: withCondition(`>-\n      order.items > 3 &&\n      order.‸itmes < 5`),
    instead: 'items',
  },
  {
    code: 'condition-unknown-fact',
    text: withCondition(`"order.items > 3 &&\n      order.‸itmes < 5"`),
    instead: 'items',
  },
  { code: 'condition-not-offered', text: withCondition(`'‸order.items * 2 > 5'`), instead: 'the value itself' },
  { code: 'condition-not-offered', text: withCondition(`'‸order.tags[0] == "x"'`), instead: 'in order.tags' },
  { code: 'condition-not-offered', text: withCondition(`'‸order.channel.matches("a+")'`), instead: 'startsWith()' },
  { code: 'condition-not-offered', text: withCondition(`'‸dyn(order.items) > 5'`), instead: 'money()' },
  { code: 'condition-not-offered', text: withCondition(`'order.items > ‸99999999999999999'`), instead: 'a number' },
  { code: 'condition-not-offered', text: withCondition(`'‸{"a": 1}.size() > order.items'`), instead: 'a list' },
  {
    code: 'condition-unknown-value',
    text: withCondition(`'‸"glod" in member.tiers'`),
    instead: 'Did you mean `gold`?',
  },
  { code: 'condition-unknown-value', text: ofLines('line.kind == ‸"giftcard"'), instead: 'Did you mean `gift-card`?' },
  {
    code: 'condition-unknown-value',
    text: withCondition(`'order.place in ["high-street", ‸"hgih-street"]'`),
    instead: 'high-street',
  },
  { code: 'condition-never', text: withCondition(`'‸1 > 2'`), instead: 'something that can be' },
  { code: 'condition-never', text: withCondition(`'‸order.total < money("0.00")'`), instead: 'something that can be' },
  {
    code: 'condition-never',
    text: withCondition(`'‸order.channel == "web" && order.channel == "till"'`),
    instead: 'can be',
  },
  { code: 'condition-never', text: withCondition(`'‸order.items > 5 && true && 5 > order.items'`), instead: 'can be' },
  {
    code: 'condition-always',
    severity: 'warning',
    text: withCondition(`'‸order.items >= 0'`),
    instead: 'Leave it out',
  },
  { code: 'condition-always', severity: 'warning', text: withCondition(`'‸!(1 == 2)'`), instead: 'Leave it out' },
]
