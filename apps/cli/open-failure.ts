import { DatabaseFailure, ErasedListInvalid, PortUnavailable, SecretUnusable, SettingsInvalid } from '@laurel/server'
import { CommandFailure, exitCodes } from './exit.ts'

/**
 * Why a server could not be opened, in words for whoever started it; a fault of ours stays one. `takesUrl`: whether the command
 * could ask one that runs.
 */
export function couldNotOpen(error: unknown, takesUrl = false): unknown {
  if (error instanceof SettingsInvalid) {
    const [first] = error.errors
    return new CommandFailure(exitCodes.usage, error.message, {
      ...(first === undefined ? {} : { place: first.setting }),
      remedy: 'npx laurel start --help lists every setting',
    })
  }
  if (error instanceof ErasedListInvalid) {
    return new CommandFailure(exitCodes.usage, error.message, {
      place: `${error.path}:${error.line}`,
      remedy: 'mend the line; nothing opens while it is not known who is to be forgotten',
    })
  }
  if (error instanceof SecretUnusable) return new CommandFailure(exitCodes.usage, error.message, { place: error.path })
  if (error instanceof PortUnavailable) {
    return new CommandFailure(exitCodes.unreachable, error.message, { remedy: error.remedy, cause: error })
  }
  if (error instanceof DatabaseFailure && error.code === 'database-unavailable') {
    return new CommandFailure(exitCodes.unreachable, error.message, {
      place: '--database-url or DATABASE_URL',
      remedy: 'check the URL, and that the server runs and lets this machine in',
      cause: error,
    })
  }
  if (error instanceof DatabaseFailure && error.code === 'database-without-laurel') {
    return new CommandFailure(exitCodes.unreachable, error.message, {
      place: '--database-url or DATABASE_URL',
      remedy: 'name the database of "laurel start", or begin one in it: npx laurel publish PROGRAM',
      cause: error,
    })
  }
  if (error instanceof DatabaseFailure && error.code === 'data-folder-in-use') {
    return new CommandFailure(exitCodes.unreachable, error.message, {
      place: '--data',
      remedy: takesUrl
        ? 'let the one that runs do it, with --url and --key, or stop it with Ctrl-C'
        : 'stop it with Ctrl-C, give this command again, and start it anew',
      cause: error,
    })
  }
  if (error instanceof DatabaseFailure) {
    return new CommandFailure(exitCodes.unreachable, error.message, { cause: error })
  }
  return error
}
