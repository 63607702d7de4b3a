/** The repository without whatever could be a password in it: proofs are for everybody to read. */
export function repositoryLabel(repository: string): string {
  return repository.replace(/(\w+:\/\/)[^/@]*@/, '$1');
}
