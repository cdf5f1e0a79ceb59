import { type WrongDocument, withCondition, withRules } from './wrong-document.fixture.ts'

const ofLines = (condition: string) =>
  withRules(`  - { id: extra, on: order.paid, give: 5 points, per: item, lines: '${condition}' }`)
const ofReview = (condition: string) =>
  withRules(`  - { id: extra, on: activity.review, give: 5 points, when: '${condition}' }`)

export const wrongConditions: readonly WrongDocument[] = [
  {
    code: 'condition-empty',
    text: withCondition('‸""'),
    message: 'The condition is empty',
    instead: `Write a condition in quotes, for instance 'order.items >= 3', or leave the key out`,
  },
  {
    code: 'condition-too-long',
    text: withCondition(`‸'${'x'.repeat(2001)}'`),
    message: 'The condition has 2001 characters; at most 2000 are read',
    instead: 'Split it over several rules, or let the event bring a fact for it',
  },
  {
    code: 'condition-syntax',
    text: withCondition(`'order.items ‸= 3'`),
    message: 'A single `=` compares nothing',
    instead: 'Write == to compare: order.items == 3',
  },
  {
    code: 'condition-syntax',
    text: withCondition(`'order.items > 3 ‸and true'`),
    message: 'Conditions have no `and`',
    instead: 'Write && for and, || for or, ! for not',
  },
  {
    code: 'condition-syntax',
    text: withCondition(`'order.items >=‸'`),
    message: 'The condition ends too early',
    instead: 'Conditions look like this: order.total >= money("30.00") && order.items >= 3',
  },
  {
    code: 'condition-type',
    text: withCondition(`'‸order.items'`),
    message: 'The condition is a whole number; it must be true or false',
    instead: 'Compare it with something, for instance: order.items >= 3',
  },
  {
    code: 'condition-type',
    text: withCondition(`'order.items > ‸"3"'`),
    message: 'A whole number and a text do not go together with `>`',
    instead: 'Compare like with like: texts in quotes, numbers without',
  },
  {
    code: 'condition-type',
    text: withCondition(`'‸order.items && true'`),
    message: 'Here must stand what is true or false, and it is a whole number',
    instead: 'Join comparisons, for instance: order.items >= 3 && "gift" in order.tags',
  },
  {
    code: 'condition-money',
    text: withCondition(`'order.total >= ‸30'`),
    message: 'Money is compared with money, and this is a whole number',
    instead: 'Write money("30.00")',
  },
  {
    code: 'condition-money',
    text: withCondition(`'order.total >= money(‸"30")'`),
    message: 'This is no amount of money',
    instead: 'Write the number as text, with the decimals of USD: money("30.00")',
  },
  {
    code: 'condition-money',
    text: ofReview('activity.spent > ‸3.5'),
    message: 'Money is compared with money, and this is a number',
    instead: 'Write money("3.50")',
  },
  {
    code: 'condition-function',
    text: withCondition(`'‸order.channel.startsWith(1)'`),
    message: '`startsWith()` does not go with this',
    instead: 'Give money() a text: money("30.00"); startsWith(), endsWith() and contains() ask a text about a text',
  },
  {
    code: 'condition-function',
    text: withCondition(`'‸money(30) < order.total'`),
    message: '`money()` does not go with this',
    instead: 'Give money() a text: money("30.00"); startsWith(), endsWith() and contains() ask a text about a text',
  },
  {
    code: 'condition-type',
    text: withCondition(`'order.items.‸many > 3'`),
    message: 'A whole number has no facts of its own',
    instead: 'Leave out what stands behind the dot',
  },
  {
    code: 'condition-uneven',
    text: withCondition(`'"a" in ["a", ‸1]'`),
    message: 'What stands in a list must be of one kind; here is a text and a whole number',
    instead: 'Write texts in quotes and numbers without, and only one of the two',
  },
  {
    code: 'condition-uneven',
    text: withCondition(`'‸order.items > 1 ? true : 1'`),
    message: 'What stands on both sides of `:` must be of one kind; here is true or false and a whole number',
    instead: 'Write texts in quotes and numbers without, and only one of the two',
  },
  {
    code: 'condition-unknown-fact',
    text: withCondition(`'order.‸category == "skincare"'`),
    message: '`order` has no fact `category`',
    instead: "It is a fact of each line: lines: 'line.category == …'",
  },
  {
    code: 'condition-unknown-fact',
    text: withCondition(`'‸items > 3'`),
    message: 'There is no fact `items`',
    instead: 'Did you mean `order.items`?',
  },
  {
    code: 'condition-unknown-fact',
    text: withCondition(`'order.‸itmes > 3'`),
    message: '`order` has no fact `itmes`',
    instead: 'Did you mean `items`?',
  },
  {
    code: 'condition-out-of-sight',
    text: withCondition(`'‸line.quantity > 3'`),
    message: '`line` cannot be seen here',
    instead: '`line` is seen by `lines` of rules on order.paid; here there is order and member',
  },
  {
    code: 'condition-out-of-sight',
    text: ofLines('‸order.items > 3'),
    message: '`order` cannot be seen here',
    instead: '`order` is seen by `when` of rules on order.paid; here there is line and member',
  },
  {
    code: 'condition-unknown-fact',
    text: ofReview('activity.‸wrods > 3'),
    message: '`activity` has no fact `wrods`',
    instead: 'Did you mean `words`?',
  },
  {
    code: 'condition-unknown-fact',
    text: ofReview('activity.‸constructor > 3'),
    message: '`activity` has no fact `constructor`',
    instead: 'Choose one of: spent, topic, verified, words',
  },
  {
    code: 'condition-not-offered',
    text: withCondition(`'‸order.items * 2 > 5'`),
    message: 'Conditions do not calculate with `*`',
    instead: 'Compare with the value itself: order.total >= money("60.00")',
  },
  {
    code: 'condition-not-offered',
    text: withCondition(`'‸order.tags[0] == "x"'`),
    message: 'Conditions do not reach into lists by position',
    instead: 'Ask "x" in order.tags instead',
  },
  {
    code: 'condition-unknown-function',
    text: withCondition(`'‸order.channel.matches("a+")'`),
    message: 'Conditions have no `.matches()`',
    instead: 'There are money(), size(), startsWith(), endsWith(), contains(), exists(), all() and exists_one()',
  },
  {
    code: 'condition-unknown-function',
    text: withCondition(`'‸dyn(order.items) > 5'`),
    message: 'Conditions have no `dyn()`',
    instead: 'There are money(), size(), startsWith(), endsWith(), contains(), exists(), all() and exists_one()',
  },
  {
    code: 'condition-not-offered',
    text: withCondition(`'order.items > ‸99999999999999999'`),
    message: 'Conditions have no such value',
    instead: 'Write a text in quotes, a number, true or false',
  },
  {
    code: 'condition-not-offered',
    text: withCondition(`'‸{"a": 1}.size() > order.items'`),
    message: 'Conditions have no maps',
    instead: 'Compare facts with values, or use a list: [1, 2]',
  },
  {
    code: 'condition-unknown-value',
    text: withCondition(`'‸"glod" in member.tiers'`),
    message: 'There is no level "glod"',
    instead: 'Did you mean `gold`?',
  },
  {
    code: 'condition-unknown-value',
    text: ofLines('line.kind == ‸"giftcard"'),
    message: 'There is no kind of line "giftcard"',
    instead: 'Did you mean `gift-card`?',
  },
  {
    code: 'condition-unknown-value',
    text: withCondition(`'order.place in ["high-street", ‸"hgih-street"]'`),
    message: 'There is no place "hgih-street"',
    instead: 'Did you mean `high-street`?',
  },
  {
    code: 'condition-never',
    text: withCondition(`'‸1 > 2'`),
    message: 'The condition is never true: nothing can come of it',
    instead: 'Where one of several will do, write || between them; else compare with something that can be',
  },
  {
    code: 'condition-never',
    text: withCondition(`'‸order.total < money("0.00")'`),
    message: 'The condition is never true: nothing can come of it',
    instead: 'Where one of several will do, write || between them; else compare with something that can be',
  },
  {
    code: 'condition-never',
    text: withCondition(`'‸order.channel == "web" && order.channel == "till"'`),
    message: 'The condition is never true: nothing can come of it',
    instead: 'Where one of several will do, write || between them; else compare with something that can be',
  },
  {
    code: 'condition-never',
    text: withCondition(`'‸order.items > 5 && true && 5 > order.items'`),
    message: 'The condition is never true: nothing can come of it',
    instead: 'Where one of several will do, write || between them; else compare with something that can be',
  },
  {
    code: 'condition-always',
    severity: 'warning',
    text: withCondition(`'‸order.items >= 0'`),
    message: 'The condition is always true',
    instead: 'Leave it out, or compare with something else',
  },
  {
    code: 'condition-always',
    severity: 'warning',
    text: withCondition(`'‸!(1 == 2)'`),
    message: 'The condition is always true',
    instead: 'Leave it out, or compare with something else',
  },
  {
    code: 'condition-key',
    severity: 'note',
    text: withCondition(`'order.items >= 3 && ‸order.channel in ["web", "app"]'`),
    message: 'A key says the same: channels: [web, app]',
    instead: 'Write the key, and take this out of the condition',
  },
  {
    code: 'condition-key',
    severity: 'note',
    text: withCondition(`'‸order.place == "high-street"'`),
    message: 'A key says the same: places: [high-street]',
    instead: 'Write the key, and take this out of the condition',
  },
  {
    code: 'condition-key',
    severity: 'note',
    text: withCondition(`'‸"gold" in member.tiers'`),
    message: 'A key says the same: for: { tier: [gold] }',
    instead: 'Write the key, and take this out of the condition',
  },
]

/** However a condition is quoted, the finding points at the word. */
export const quotedConditions: readonly string[] = [
  withCondition(`"order.channel == \\"web\\" && ‸itmes"`),
  withCondition(`'"it''s" == order.channel || ‸itmes'`),
  withCondition(`|\n      order.items > 3 &&\n      order.‸itmes < 5`),
  withCondition(`>-\n      order.items > 3 &&\n      order.‸itmes < 5`),
  withCondition(`"order.items > 3 &&\n      order.‸itmes < 5"`),
]
