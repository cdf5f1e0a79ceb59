/** Pilots: a version on trial with a share of the members. */
export const pilotWords = {
  pilotRoom: {
    empty: 'Pilots will stand here.',
    emptyRemedy:
      'A draft can be tried with a share of the members before it is for all. Write one, then begin a pilot with it.',
    what: 'What is tried',
    since: 'Since',
    state: 'How far',
    title: (version: string) => `Pilot of version ${version}`,
    lead: 'Who is in it is drawn by chance. All others are judged by the version in force.',
    states: {
      running: (share: string, holdout: string) => `It runs with ${share} % of members, and ${holdout} % are held out.`,
      stopped: (share: string, holdout: string) =>
        `It was stopped. It ran with ${share} % of members, and ${holdout} % were held out.`,
      'for-all': (share: string, holdout: string) =>
        `It is for all members. It ran with ${share} % of them, and ${holdout} % were held out.`,
    },
    begin: 'Try it with a few',
    beginLead:
      'Whoever is drawn is judged by the draft from now on. As many are held out, so that its effect can be told. While it runs nothing is published for all.',
    beginNow: 'Begin the pilot',
    share: 'Share of members',
    holdout: 'Held out',
    note: 'Why',
    widen: 'Let more in',
    forAll: 'Let all in',
    stop: 'Stop the pilot',
    steps: 'Step by step',
    step: 'What',
    when: 'When',
    by: 'By',
    acts: {
      begun: (share: string) => `Begun with ${share} % of members`,
      widened: (share: string) => `Widened to ${share} % of members`,
      stopped: () => 'Stopped',
      'for-all': () => 'For all members',
    },
    members: 'Member by member',
    member: 'Member',
    arm: 'Arm',
    arms: { pilot: 'in the pilot', holdout: 'held out', rest: 'not in it' },
    everybody: 'Everybody',
    nobody: 'Nobody on this page.',
    pages: 'Pages of members',
  },
} as const
