/** What stands where everything is invented. */
export const demo = {
  note: 'Demo: invented data',
  noteWhy: 'The hosts, people and advisories in here do not exist. Whatever you do here touches nothing.',
  people: 'This is a demo. Sign in as any of its people:',
  password: 'Password',
  role: 'Role',
  login: 'Login',
} as const;
