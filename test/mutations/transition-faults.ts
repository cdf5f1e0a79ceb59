import type { Fault } from './fault.ts'

export const transitionFaults: readonly Fault[] = [
  {
    name: 'what is over is converted',
    rule: 'TRN-2',
    file: 'transitions/convert.ts',
    find: 'lots.filter(({ lastDay }) => !isOver(draft, asset, lastDay)).map(',
    replace: 'lots.map(',
  },
  {
    name: 'each amount that is converted is rounded by itself',
    rule: 'TRN-2',
    file: 'transitions/convert.ts',
    find: 'worthOf(draft, asset, conversion, after) - worthOf(draft, asset, conversion, before)',
    replace: 'worthOf(draft, asset, conversion, usable - debt)',
  },
  {
    name: 'an asset is converted an instant after the start of the version',
    rule: 'TRN-2',
    file: 'transitions/convert.ts',
    find: 'from <= local && local < to',
    replace: 'from < local && local < to',
  },
]
