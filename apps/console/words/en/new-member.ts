/** Somebody joins at the counter. */
export const newMemberWords = {
  newMember: {
    open: 'New member',
    lead: 'With an e-mail address or a phone number they can see their card themselves.',
    name: 'Name',
    email: 'E-mail',
    phone: 'Phone',
    wrongEmail: 'Write an e-mail address.',
    wrongPhone: 'Write a phone number, in digits.',
    missing: 'Say a name, an e-mail address or a phone number.',
    act: 'Register',
  },
} as const
