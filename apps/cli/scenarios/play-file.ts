import { existsSync } from 'node:fs'
import { type Difference, type Mistake, type Program, readScenarios } from '@laurel/engine'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { programFileOf, readProgramFile, scenariosBeside } from '../program-file.ts'
import { openOfflineWorld } from './offline-world.ts'
import { playScenario } from './play-scenario.ts'

/** A program and what its scenarios came to. */
export interface PlayedFile {
  readonly file: string
  /** What stands in it. */
  readonly text: string
  /** What keeps the file from being played in whole; what has none was played all the same. */
  readonly mistakes: readonly Mistake[]
  readonly scenarios: readonly PlayedScenario[]
}
export interface PlayedScenario {
  readonly title: string
  readonly line: number
  readonly differences: readonly Difference[]
}

/** Plays the scenarios of a program, each in a world of its own; `isWanted` picks by title. */
export async function playFile(given: string, isWanted: (title: string) => boolean = () => true): Promise<PlayedFile> {
  const programFile = programFileOf(given)
  const file = scenariosBeside(programFile)
  const program = readProgramFile(programFile)
  if (!existsSync(file)) {
    throw new CommandFailure(exitCodes.usage, 'there are no scenarios', {
      place: file,
      remedy: 'write some: docs/scenarios.md says how',
    })
  }
  const text = readText(file)
  return { file, text, ...(await playText(program, text, isWanted)) }
}

export async function playText(
  program: Program,
  text: string,
  isWanted: (title: string) => boolean = () => true,
): Promise<Omit<PlayedFile, 'file' | 'text'>> {
  const { scenarios, mistakes } = readScenarios(text, program)
  const played: PlayedScenario[] = []
  for (const scenario of scenarios.filter(({ title }) => isWanted(title))) {
    const { title, line } = scenario
    played.push({ title, line, differences: await playScenario(program, scenario, openOfflineWorld(program)) })
  }
  return { mistakes, scenarios: played }
}
