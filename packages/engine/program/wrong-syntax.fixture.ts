import { DOCUMENT_SIZE_MAX } from './syntax-tree.ts'
import { documentWith, type WrongDocument, withCondition, withRules } from './wrong-document.fixture.ts'

export const wrongSyntax: readonly WrongDocument[] = [
  { code: 'document-empty', text: '‸# only a comment\n', instead: 'laurel: 1' },
  { code: 'document-too-large', text: `‸${documentWith({})}#${'x'.repeat(DOCUMENT_SIZE_MAX)}`, instead: 'Split it' },
  {
    code: 'document-too-deep',
    text: `laurel: ${'['.repeat(19)}‸[${']'.repeat(20)}`,
    instead: 'more than eight',
  },
  { code: 'second-document', text: `${documentWith({})}‸---\nlaurel: 1\n`, instead: 'one program in a file' },
  { code: 'yaml-directive', text: `‸%YAML 1.2\n---\n${documentWith({})}`, instead: 'Leave the line out' },
  { code: 'yaml-tag', text: documentWith({ zone: 'zone: ‸!!str Europe/London' }), instead: 'Leave the tag out' },
  { code: 'yaml-anchor', text: documentWith({ zone: 'zone: ‸&z Europe/London' }), instead: 'wherever it is used' },
  {
    code: 'yaml-alias',
    text: documentWith({ places: 'places: { high-street: { zone: ‸*z } }' }),
    instead: 'Write the value out',
  },
  {
    code: 'yaml-merge-key',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, ‸<<: { round: floor } }'),
    instead: 'Write the keys out',
  },
  { code: 'yaml-syntax', text: documentWith({ zone: 'zone: ‸Europe/London: twice' }), instead: 'quotes' },
  { code: 'yaml-syntax', text: documentWith({ zone: "zone: 'Europe/London' ‸twice" }), instead: 'quotes' },
  { code: 'key-not-text', text: documentWith({ more: '? ‸[a, b]\n: c' }), instead: 'key: value' },
  { code: 'duplicate-key', text: documentWith({ more: '‸zone: Europe/Paris' }), instead: 'Keep one' },
  {
    code: 'unquoted-condition',
    text: withCondition('‸!member.tags.exists(t, t == "x") # new ones'),
    instead: `Quote it: when: '!member.tags.exists(t, t == "x")'`,
  },
  {
    code: 'unquoted-condition',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, lines: ‸!line.brand }'),
    instead: `Quote it: lines: '!line.brand'`,
  },
]
