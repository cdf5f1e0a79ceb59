import { DOCUMENT_SIZE_MAX } from './syntax-tree.ts'
import { documentWith, type WrongDocument, withCondition, withRules } from './wrong-document.fixture.ts'

export const wrongSyntax: readonly WrongDocument[] = [
  {
    code: 'document-empty',
    text: '‸# only a comment\n',
    message: 'The document is empty',
    instead: 'Begin with `laurel: 1` and the id of the program',
  },
  {
    code: 'document-too-large',
    text: `‸${documentWith({})}#${'x'.repeat(DOCUMENT_SIZE_MAX)}`,
    message: 'The document has 257009 characters; at most 256000 are read',
    instead: 'Split it into programs of their own',
  },
  {
    code: 'document-too-deep',
    text: `laurel: ${'['.repeat(19)}‸[${']'.repeat(20)}`,
    message: 'The document is more than 20 levels deep',
    instead: 'No part of a program needs more than eight',
  },
  {
    code: 'second-document',
    text: `${documentWith({})}‸---\nlaurel: 1\n`,
    message: 'A second document begins here',
    instead: 'Keep one program in a file, without a `---` in between',
  },
  {
    code: 'yaml-directive',
    text: `‸%YAML 1.2\n---\n${documentWith({})}`,
    message: '`%YAML 1.2` is a YAML directive',
    instead: 'Leave the line out',
  },
  {
    code: 'yaml-tag',
    text: documentWith({ zone: 'zone: ‸!!str Europe/London' }),
    message: '`!!str` is a YAML tag',
    instead: 'Leave the tag out: every value is a text with its unit',
  },
  {
    code: 'yaml-anchor',
    text: documentWith({ zone: 'zone: ‸&z Europe/London' }),
    message: '`&z` is a YAML anchor',
    instead: 'Write the value out wherever it is used',
  },
  {
    code: 'yaml-alias',
    text: documentWith({ places: 'places: { high-street: { zone: ‸*z } }' }),
    message: '`*z` is a YAML alias',
    instead: 'Write the value out here',
  },
  {
    code: 'yaml-merge-key',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, ‸<<: { round: floor } }'),
    message: 'Merge keys (`<<`) hide what a program says',
    instead: 'Write the keys out where they belong',
  },
  {
    code: 'yaml-syntax',
    text: documentWith({ zone: 'zone: ‸Europe/London: twice' }),
    message: 'This cannot be read: there are two keys on one line',
    instead: 'Begin the inner key on a line of its own, indented, or put quotes around a text with a colon',
  },
  {
    code: 'yaml-syntax',
    text: documentWith({ zone: "zone: 'Europe/London' ‸twice" }),
    message: 'This cannot be read: Unexpected text here',
    instead: 'Put quotes around the whole text, or begin a new line',
  },
  {
    code: 'key-not-text',
    text: documentWith({ more: '? ‸[a, b]\n: c' }),
    message: 'A key is a word, and this one is a list or a map',
    instead: 'Write `key: value`',
  },
  {
    code: 'duplicate-key',
    text: documentWith({ more: '‸zone: Europe/Paris' }),
    message: 'The key `zone` stands here already, in line 4',
    instead: 'Keep one of the two',
  },
  {
    code: 'unquoted-condition',
    text: withCondition('‸!member.tags.exists(t, t == "x") # new ones'),
    message: 'YAML takes `!` at the beginning for a tag, and the condition for something else',
    instead: `Quote it: when: '!member.tags.exists(t, t == "x")'`,
  },
  {
    code: 'unquoted-condition',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, lines: ‸!line.brand }'),
    message: 'YAML takes `!` at the beginning for a tag, and the condition for something else',
    instead: `Quote it: lines: '!line.brand'`,
  },
]
