// Package identity says who is asking: accounts, sign-in, sessions, tokens, offices.
package identity
