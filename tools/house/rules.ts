import { cycleViolations, directionViolations, layerViolations } from './directions.ts'
import { choiceViolations, mapViolations } from './documents.ts'
import { lockfileViolations, machineViolations } from './machine.ts'
import { lengthViolations, nameViolations } from './names.ts'
import { purityViolations } from './purity.ts'
import { barrelViolations, deadExportViolations, deadFileViolations } from './reach.ts'
import { type File, sourcesOf } from './source.ts'
import { quietTestViolations, specificationViolations } from './specification.ts'
import { manifestsOf } from './tree.ts'

/** A house rule: given all files of the repository, one line for everything that breaks it. */
type Rule = (files: readonly File[]) => string[]

export const rules = {
  'workspaces import in one direction, through the public door': (files) =>
    directionViolations(
      sourcesOf(files),
      new Map(manifestsOf(files).map((found) => [found.folder, found.dependencies])),
    ),
  'the shell of the server knows no business, and its folders are layered': (files) =>
    layerViolations(sourcesOf(files)),
  'no files import each other in a circle': (files) => cycleViolations(sourcesOf(files)),
  'engine, ledger and insights are pure': (files) => purityViolations(sourcesOf(files)),
  'names say what a thing is for': (files) => nameViolations(files, sourcesOf(files)),
  'files stay short': (files) => lengthViolations(files),
  'every rule of a SPEC.md has a test, every id in a test title a rule': (files) =>
    specificationViolations(files, sourcesOf(files)),
  'one door for each package': (files) => barrelViolations(files, sourcesOf(files)),
  'the map of ARCHITECTURE.md is whole': (files) => mapViolations(files),
  'choices are numbered one by one': (files) => choiceViolations(files),
  'no file is dead': (files) => deadFileViolations(files, sourcesOf(files)),
  'no export is dead': (files) => deadExportViolations(files, sourcesOf(files)),
  'no test is passed over': (files) => quietTestViolations(sourcesOf(files)),
  'the lockfile is whole': (files) => lockfileViolations(files),
  'nothing holds on one machine only': (files) => machineViolations(files),
} satisfies Record<string, Rule>
