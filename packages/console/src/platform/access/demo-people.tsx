import { useSession } from '../session.ts';
import { strings } from '../strings.ts';

/** In a demo its people's passwords are no secret: whoever looks at it is each of them in turn. */
export function DemoPeople() {
  const demo = useSession()?.demo;
  if (demo === undefined || demo.people.length === 0) return null;
  return (
    <section className="ps-demo-people">
      <p>{strings.demo.people}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{strings.demo.login}</th>
            <th scope="col">{strings.demo.role}</th>
            <th scope="col">{strings.demo.password}</th>
          </tr>
        </thead>
        <tbody>
          {demo.people.map(({ login, roles, password }) => (
            <tr key={login}>
              <th scope="row">{login}</th>
              <td>{roles.map((role) => strings.roleTitle[role]).join(', ')}</td>
              <td>
                <code>{password}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
