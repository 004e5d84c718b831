// Package dossier puts a case's whole thread into one archive that anybody can check with no database and no network.
//
// The archive is a zip. Each case and record of the thread has a folder: its forms, papers, attachments, notices, postings and history, and
// its proof from the journal. Beside them lie index.html, to be read by people, and
//
//	manifest.json   every file with its SHA-256, its size and what it is
//	manifest.sig    a note signed with the journal's key over the manifest's SHA-256
//
// A Service makes dossiers as jobs, so that a long one shows its progress, goes on while its reader is elsewhere, is found again and can be
// stopped:
//
//	d, err := service.Order(ctx, actor, caseID)
//	d, err = service.Get(ctx, actor, d.ID)        // waiting, running 12 of 40, done
//	err = service.Read(ctx, actor, d.ID, w)
//
// What a dossier holds is what its reader may see on the pages of the case, no more (casework.Contents).
//
// Verify reads an archive and names every file that was changed, dropped or added. It checks
//
//  1. that the manifest is signed by the key;
//  2. that every file has the digest that the manifest says, and no file is there that it does not name;
//  3. every proof, as journal.VerifyBundle does;
//  4. that the digest of each form, paper and notice is in its case's proof where that is whole, and the digest of each attachment in a
//     form: so that a file is tied to the step that made it even for who trusts no manifest.
package dossier

import "time"

// format is what the manifest says it is; docs/spec/dossier.md.
const format = "kechuang.dossier.v1"

const (
	manifestName  = "manifest.json"
	signatureName = "manifest.sig"
	indexName     = "index.html"
)

// manifest lists what an archive holds.
type manifest struct {
	Format string    `json:"format"`
	Case   string    `json:"case"`
	Title  string    `json:"title"`
	Made   time.Time `json:"made"`
	Key    string    `json:"key"` // the journal's public key; compare it with one from another source
	Files  []listed  `json:"files"`
}

// listed is one file.
type listed struct {
	Name   string `json:"name"`
	Digest string `json:"digest"` // SHA-256, hexadecimal
	Size   int64  `json:"size"`
	What   string `json:"what"`
	Of     string `json:"of,omitempty"` // the case or record
	Title  string `json:"title,omitempty"`
	Sealed bool   `json:"sealed,omitempty"` // its digest is in the case's leaves
}

// signedText is what the signature is over.
func signedText(digest string) string { return format + "\n" + digest + "\n" }
