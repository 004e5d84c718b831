// Package exchange is how another city's instance, or any other program, reads what this one lays open, and how this one keeps what it
// reads of others.
//
// The feed (feed.go) gives, without signing in, what everybody may read: records of public kinds with their public fields, and open calls.
//
//	GET /api/exchange                    who this is, and which kinds of records there are
//	GET /api/exchange/records?from=…     records in the order of their last change, from a place on; retired ones as such, without values
//	GET /api/exchange/calls              all calls that are open now
//
// A follower keeps the place (resume) and asks from there the next time: it gets what was changed since, and, because transactions do not end
// in the order in which they began, what was changed in the two minutes before once more. Each answer has an ETag; a follower that sends it
// back and would get the same gets 304. Parties and records that a value names are given by name beside it (names): another city does not know
// this one's identifiers. Every item has the digest of its content, and every page is signed with the key of the city's journal.
//
// A harvester (harvest.go) follows the feed of another instance and keeps its items as outside records: with their source, when they were
// first and last seen, apart from the register. They are read and searched; no figure counts them, no form chooses them, and nothing of a
// source touches what another source, or the city itself, says. An item that is not what its digest says is refused and reported,
// and so is a page that the key which the city had when it was harvested first did not sign.
package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/register"
)

// Format names the feed's form; a harvester refuses any other.
const Format = "kechuang-exchange/1"

// CallKind is the kind of an item that is an open call and no record.
const CallKind = "call"

type (
	// OpenCity says whose feed it is.
	OpenCity struct {
		Format  string     `json:"format"`
		ID      string     `json:"id"` // of the pack: shenyang
		Title   lang.Text  `json:"title"`
		Region  string     `json:"region"` // GB/T 2260
		Pack    string     `json:"pack"`   // its version
		Example bool       `json:"example,omitempty"`
		Key     string     `json:"key,omitempty" doc:"with which pages are signed (Ed25519, as checkpoints of the journal)"`
		Kinds   []OpenKind `json:"kinds"`
	}
	// OpenKind is a public kind of record with its public fields.
	OpenKind struct {
		Name   string                 `json:"name"`
		Title  lang.Text              `json:"title"`
		Called string                 `json:"called"`
		Fields []register.RecordField `json:"fields"`
	}
	// OpenItem is one record or call as everybody may read it.
	OpenItem struct {
		ID       string                     `json:"id"`
		Kind     string                     `json:"kind"`
		Name     string                     `json:"name"`
		Status   string                     `json:"status,omitempty"`
		Gone     bool                       `json:"gone,omitempty"` // retired, merged into another, or over
		Revision int64                      `json:"revision"`
		Changed  time.Time                  `json:"changed"`
		Values   map[string]json.RawMessage `json:"values,omitempty"`
		Names    map[string]string          `json:"names,omitempty"` // of parties and records that values name
		Digest   string                     `json:"digest"`          // SHA-256 of the item as JSON without it
	}
	// Page is a piece of a feed. Next is where it goes on now, empty at the end; Resume is where to begin the next time.
	Page struct {
		Format string     `json:"format"`
		City   string     `json:"city"`
		Items  []OpenItem `json:"items"`
		Next   string     `json:"next,omitempty"`
		Resume string     `json:"resume,omitempty"`
		// Signature is a signed note over the city, the place and the digests of the items.
		Signature string `json:"signature,omitempty"`
	}
)

// seal puts the digest of an item into it.
func (i *OpenItem) seal() { i.Digest = i.digest() }

// digest is of the item's JSON without the digest; keys of maps are sorted and raw values compacted by encoding/json.
func (i OpenItem) digest() string {
	i.Digest = ""
	i.Changed = i.Changed.UTC()
	raw, err := json.Marshal(i)
	if err != nil {
		return "" // a value that is no JSON: no digest equals this
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Tag is the ETag of an answer.
func Tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:16]) + `"`
}
