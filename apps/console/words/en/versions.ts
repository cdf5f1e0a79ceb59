/** Versions of the program: what is in force, what was, and what waits. */
export const versionWords = {
  versions: {
    title: 'Versions',
    version: 'Version',
    from: 'Counts from',
    published: 'Published',
    acts: 'What can be done',
    numbered: (number: string) => `Version ${number}`,
    inForce: 'in force',
    waiting: 'waits',
    publishedBy: (day: string, by: string) => (by === '' ? day : `${day} by ${by}`),
    restores: (version: string) => `The document of version ${version} once more`,
    withdraws: (version: string) => `so that version ${version} never begins`,
    pilot: (share: string, pilot: string) => `For ${share} % of members: a step of the pilot of version ${pilot}`,
    whatChanged: 'What it changed',
    first: 'It was the first: nothing was said before it.',
    nothing: 'It says the same as the version before.',
    why: 'Why',
    'roll-back': {
      act: 'Roll back',
      title: (version: string) => `Roll back to version ${version}`,
      means: (version: string) =>
        `The document of version ${version} counts again from now on, as the next version. What is decided stays as it is; what is scheduled and has not begun never will.`,
      confirm: (version: string) => `Let version ${version} count again`,
    },
    withdraw: {
      act: 'Withdraw',
      title: (version: string) => `Withdraw version ${version}`,
      means: (version: string) =>
        `Version ${version} never begins. What is in force is published once more, and after it whatever else is scheduled.`,
      confirm: (version: string) => `Keep version ${version} from beginning`,
    },
    history: 'Which version judged on a day?',
    historyLead: 'By the clock of the program; and if you like, as it was known on an earlier day.',
    on: 'On',
    known: 'As known on',
    look: 'Look',
    nobody: 'None had begun',
    between: (from: string, until: string) => `from ${from} to ${until}`,
  },
} as const
