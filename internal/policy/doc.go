// Package policy is the mechanism language: it reads a city's pack, checks that it is typed, and decides — for a case as it
// stands and an act that somebody intends — whether it may be done and what follows. It is pure: no clock, no database, no chance.
//
// The language itself is described in docs/mechanism-language.md; the proofs are in the package prove below this one.
package policy
