// Package panel draws reviewers so that anyone can draw them again: from the people who may sit, without those who have a
// conflict, by a seed that was committed to before anyone knew who would be in the pool.
//
// It is pure: the pool, the exclusions with their reasons and the seed are arguments, and the answer holds all that a replay needs.
//
//	d, err := panel.Draw(pool, excluded, seed, 3)
//	d.Drawn        // the three who are invited
//	d.Substitutes  // everyone else, in the order in which they step in when somebody declines
//	panel.Replay(d) // nil: the same seed over the same pool gives the same people
//
// The order is made by sorting the eligible by HMAC-SHA-256(seed, id): no generator whose algorithm could change between
// releases, no dependence on the order in which the pool was read, and a person's place does not depend on who else is in it.
package panel

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Seed is the randomness of one draw. Its Commitment is published before the draw and the seed itself after.
type Seed [32]byte

// NewSeed is a fresh seed from the system's randomness.
func NewSeed() Seed {
	var s Seed
	rand.Read(s[:])
	return s
}

// ParseSeed reads what String wrote.
func ParseSeed(text string) (Seed, error) {
	var s Seed
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(s) {
		return s, fmt.Errorf("panel: %q is not a seed", text)
	}
	copy(s[:], b)
	return s, nil
}

// String is the seed in hexadecimal.
func (s Seed) String() string { return hex.EncodeToString(s[:]) }

// Commitment binds to the seed without telling it: SHA-256 of "kechuang draw seed v1" and the seed.
func (s Seed) Commitment() string {
	sum := sha256.Sum256(append([]byte("kechuang draw seed v1\n"), s[:]...))
	return hex.EncodeToString(sum[:])
}

// Exclusion is somebody of the pool who may not be drawn, and why.
type Exclusion struct {
	Person string    `json:"person"`
	Why    lang.Text `json:"why"`

	Liftable bool `json:"-"` // somebody can rule that they may take part all the same
}

// Result is one draw with all that a replay needs.
type Result struct {
	Seed        string      `json:"seed"`
	Commitment  string      `json:"commitment"`
	Pool        []string    `json:"pool"` // sorted, each once
	Excluded    []Exclusion `json:"excluded,omitempty"`
	Wanted      int         `json:"wanted"`
	Drawn       []string    `json:"drawn"`
	Substitutes []string    `json:"substitutes,omitempty"`
}

// Draw takes n people of the pool, none of them excluded. Fewer than n eligible is a refusal that says how many there are and
// how many were kept out: a panel is never quietly smaller than its rule.
func Draw(pool []string, excluded []Exclusion, seed Seed, n int) (*Result, error) {
	r := &Result{Seed: seed.String(), Commitment: seed.Commitment(), Wanted: n}
	r.Pool = slices.Clone(pool)
	slices.Sort(r.Pool)
	r.Pool = slices.Compact(r.Pool)
	out := map[string]bool{}
	for _, e := range excluded {
		if _, in := slices.BinarySearch(r.Pool, e.Person); in && !out[e.Person] {
			out[e.Person] = true
			r.Excluded = append(r.Excluded, e)
		}
	}
	slices.SortFunc(r.Excluded, func(a, b Exclusion) int { return cmp.Compare(a.Person, b.Person) })
	eligible := order(r.Pool, out, seed)
	if n < 1 {
		return nil, fmt.Errorf("panel: a draw of %d people", n)
	}
	if len(eligible) < n {
		return nil, refusal.New(refusal.Insufficient, "panel.too_few", lang.T(
			fmt.Sprintf("符合条件的专家只有 %d 人，需要 %d 人（专家库 %d 人，因回避等原因排除 %d 人）", len(eligible), n, len(r.Pool), len(r.Excluded)),
			fmt.Sprintf("Only %d experts are eligible and %d are needed (%d in the pool, %d excluded for conflicts and other reasons)",
				len(eligible), n, len(r.Pool), len(r.Excluded)))).
			Mend(lang.T("请在登记库中补充该领域的专家后再抽取", "Add experts of this field to the register, then draw again"))
	}
	r.Drawn, r.Substitutes = eligible[:n:n], eligible[n:]
	return r, nil
}

// Replay draws again from the result's own seed, pool and exclusions, and says what differs; nil means the draw is true.
// That the seed is the one committed to earlier is for the caller to compare: the commitment stands in an earlier journal leaf.
func Replay(r *Result) error {
	seed, err := ParseSeed(r.Seed)
	if err != nil {
		return err
	}
	if seed.Commitment() != r.Commitment {
		return fmt.Errorf("panel: the seed is not the one that was committed to: %s gives %s, committed was %s", r.Seed, seed.Commitment(), r.Commitment)
	}
	again, err := Draw(r.Pool, r.Excluded, seed, r.Wanted)
	if err != nil {
		return err
	}
	if !slices.Equal(again.Drawn, r.Drawn) {
		return fmt.Errorf("panel: the seed draws %v, the record says %v", again.Drawn, r.Drawn)
	}
	if !slices.Equal(again.Substitutes, r.Substitutes) {
		return fmt.Errorf("panel: the seed orders the substitutes %v, the record says %v", again.Substitutes, r.Substitutes)
	}
	return nil
}

func order(pool []string, out map[string]bool, seed Seed) []string {
	type ticket struct {
		person string
		lot    []byte
	}
	var tickets []ticket
	for _, p := range pool {
		if out[p] {
			continue
		}
		h := hmac.New(sha256.New, seed[:])
		h.Write([]byte(p))
		tickets = append(tickets, ticket{p, h.Sum(nil)})
	}
	slices.SortFunc(tickets, func(a, b ticket) int { return bytes.Compare(a.lot, b.lot) })
	people := make([]string, len(tickets))
	for i, t := range tickets {
		people[i] = t.person
	}
	return people
}
