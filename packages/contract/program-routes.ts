import { z } from 'zod'
import * as programs from './program-schemas.ts'
import { route } from './route.ts'

/** Versions: published, read, and taken back by another. */
export const programRoutes = {
  publishProgram: route({
    method: 'POST',
    address: '/v1/programs',
    scope: 'programs:write',
    summary: 'Publish a document as the next version',
    description: 'The body is the document itself, as YAML (application/yaml, text/yaml) or JSON (application/json).',
    query: programs.publishQuery,
    body: z.string().meta({ description: 'The program document.' }),
    bodyKind: 'document',
    answer: programs.published,
    problems: ['program-not-accepted', 'other-program', 'approval-missing', 'pilot-running'],
  }),
  listVersions: route({
    method: 'GET',
    address: '/v1/programs',
    scope: 'programs:read',
    summary: 'Every version of the program, oldest first',
    answer: programs.versions,
    problems: [],
  }),
  readVocabulary: route({
    method: 'GET',
    address: '/v1/vocabulary',
    scope: 'members:read',
    summary: 'What the program calls its assets, levels and rewards, and how their amounts are read',
    description:
      'Of all versions: what the latest no longer declares has the name it had last. No rule is told, so that whoever serves members ' +
      'need not be let into the program.',
    answer: programs.vocabulary,
    problems: ['no-program'],
  }),
  readVersion: route({
    method: 'GET',
    address: '/v1/programs/{version}',
    scope: 'programs:read',
    summary: 'One version with its document',
    path: programs.versionPath,
    answer: programs.versionDocument,
    problems: ['unknown-version'],
  }),
  rollBack: route({
    method: 'POST',
    address: '/v1/programs/{version}/roll-back',
    scope: 'programs:write',
    summary: 'Let the document of an older version count again, from now on',
    description:
      'It becomes the next version. What is decided stays as it is; what is scheduled and not begun never will, and is named in the ' +
      'answer under "neverBegin". Where the program ' +
      'demands a second person, one that was only ever on trial comes back by somebody who has not written its draft.',
    path: programs.versionPath,
    body: programs.toRestore,
    answer: programs.restored,
    problems: [
      'unknown-version',
      'versions-moved-on',
      'same-document',
      'program-not-accepted',
      'approval-missing',
      'second-person-needed',
      'pilot-running',
    ],
  }),
  withdrawVersion: route({
    method: 'POST',
    address: '/v1/programs/{version}/withdraw',
    scope: 'programs:write',
    summary: 'Keep a version from beginning, before its moment',
    description:
      'What is in force is published once more, and after it whatever else is scheduled: the last one published counts.',
    path: programs.versionPath,
    body: programs.toRestore,
    answer: programs.restored,
    problems: ['unknown-version', 'versions-moved-on', 'version-not-waiting', 'approval-missing', 'pilot-running'],
  }),
  readHistory: route({
    method: 'GET',
    address: '/v1/program-history',
    scope: 'programs:read',
    summary: 'Which version judges what occurs on a day, as known on another',
    description: 'Of those for all members; GET /v1/pilots says which was on trial, and with whom.',
    query: programs.historyQuery,
    answer: programs.history,
    problems: ['no-program'],
  }),
}
