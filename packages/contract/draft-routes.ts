import * as drafts from './draft-schemas.ts'
import { route } from './route.ts'

const unreadable = ['unknown-draft', 'draft-changed', 'draft-status'] as const
const unpublishable = ['program-not-accepted', 'other-program', 'same-document', 'draft-overtaken'] as const

/** From the first word to the version. */
export const draftRoutes = {
  listDrafts: route({
    method: 'GET',
    address: '/v1/drafts',
    scope: 'programs:read',
    summary: 'What is being written, in order of ids',
    query: drafts.draftsQuery,
    answer: drafts.drafts,
    problems: [],
  }),
  readDraft: route({
    method: 'GET',
    address: '/v1/drafts/{draft}',
    scope: 'programs:read',
    summary: 'One draft, and what the checker says of it',
    path: drafts.draftPath,
    answer: drafts.draft,
    problems: ['unknown-draft'],
  }),
  saveDraft: route({
    method: 'POST',
    address: '/v1/drafts/{draft}',
    scope: 'programs:write',
    summary: 'Write a draft, or write it anew',
    description:
      'Whoever saves names the revision that was read: of two people who write at once, the second is told and loses nothing. ' +
      'What was submitted or approved is open again.',
    path: drafts.draftPath,
    body: drafts.draftToSave,
    answer: drafts.draft,
    problems: [...unreadable, 'unknown-version'],
  }),
  compareDraft: route({
    method: 'GET',
    address: '/v1/drafts/{draft}/differences',
    scope: 'programs:read',
    summary: 'What changes when the draft is published, in sentences',
    path: drafts.draftPath,
    query: drafts.differencesQuery,
    answer: drafts.differences,
    problems: ['unknown-draft', 'unknown-version', 'program-not-accepted'],
  }),
  listDraftSteps: route({
    method: 'GET',
    address: '/v1/drafts/{draft}/steps',
    scope: 'programs:read',
    summary: 'Who did what with a draft, latest first',
    path: drafts.draftPath,
    query: drafts.draftsQuery,
    answer: drafts.draftSteps,
    problems: ['unknown-draft'],
  }),
  submitDraft: route({
    method: 'POST',
    address: '/v1/drafts/{draft}/submit',
    scope: 'programs:write',
    summary: 'Ask for approval of a draft that compiles',
    path: drafts.draftPath,
    body: drafts.draftToMove,
    answer: drafts.draft,
    problems: [...unreadable, ...unpublishable],
  }),
  reviewDraft: route({
    method: 'POST',
    address: '/v1/drafts/{draft}/review',
    scope: 'programs:write',
    summary: 'Approve a draft, or send it back and say why',
    description:
      'Where the program demands a second person (`publishing.approval`), whoever approves holds another key than all who have ' +
      'written the draft. Keys of one holder are one person.',
    path: drafts.draftPath,
    body: drafts.draftToReview,
    answer: drafts.draft,
    problems: [...unreadable, ...unpublishable, 'second-person-needed'],
  }),
  publishDraft: route({
    method: 'POST',
    address: '/v1/drafts/{draft}/publish',
    scope: 'programs:write',
    summary: 'Publish a draft as the next version',
    description: 'It counts from `inForce.from` of the document, or from now; never from a moment that is over.',
    path: drafts.draftPath,
    body: drafts.draftToMove,
    answer: drafts.draftPublished,
    problems: [...unreadable, ...unpublishable, 'approval-missing', 'pilot-running'],
  }),
}
