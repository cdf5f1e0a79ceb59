import { answerParts } from '../jobs/reading-worker.ts'
import { openStoredParts } from './stored-part.ts'

/** This file, for whoever starts a worker. */
export const storedWorker = new URL(import.meta.url)

answerParts(openStoredParts)
