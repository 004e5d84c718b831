// Package identity says who is asking: accounts, sign-in, sessions, tokens, offices, roles, and the security log.
//
// It answers one question for everybody else, "who is this?", with an Actor: an account and the hats that it may wear. What
// an actor may do in a case is not decided here but by seats, in casework.
//
//	people := identity.New(db, parties, identity.Strong)
//	link, _ := people.FirstLink(ctx)                         // printed once by serve
//	people.UseLink(ctx, link, identity.Choice{Login: "guanli", Name: "管理员", Password: "…"})
//	ctx = identity.WithClient(ctx, identity.Client{Address: "10.0.0.7"}) // once a request, for limits and the log
//	session, _ := people.SignIn(ctx, "guanli", "…")          // session.Token goes into the cookie
//	actor, _ := people.ActorOf(ctx, session.Token)           // every request
//
// Three administrators are kept apart (三员分立, GB/T 22239): admin.system makes accounts and memberships, admin.security gives
// roles and offices and mends sign-in, admin.audit reads the security log; no account holds two of them and nobody changes
// their own hats. The first account, made through the one-time link, is admin.system, and may name the first admin.security
// and the first admin.audit; as soon as there is one, only admin.security gives roles.
//
// An owner of a party manages its people: makes accounts for it, lists them, takes membership away.
//
// What it does not do: it does not send mail or messages (links are handed over by whoever made them), and it does not know
// what a party is beyond its name (Directory).
//
// A refused sign-in never tells whether the account exists: unknown logins take the same time, count the same failures and are
// locked the same way. What is secret (session, link, token) is kept only as a digest.
package identity
