// A real OpenID provider for one test: its clients and accounts are given as JSON in the environment.
import http from "node:http";
import Provider from "oidc-provider";

const { port, client_id, client_secret, back, accounts } = JSON.parse(process.env.PROVIDER);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id, client_secret, redirect_uris: [back], grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ["a key of this test only"] },
  async findAccount(_ctx, id) {
    return { accountId: id, claims: async () => ({ sub: id, email: accounts[id] ?? `${id}@annan.example`, email_verified: true }) };
  },
});
http.createServer(provider.callback()).listen(port, "127.0.0.1", () => console.log("listening"));
