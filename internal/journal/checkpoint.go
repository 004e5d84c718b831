package journal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is the whole log in one line: how many leaves, and the root of their tree, signed.
type Checkpoint struct {
	Origin string // the log's name
	Size   int64
	Root   tlog.Hash
	At     time.Time // when it was signed
	Note   string    // the signed text; what others keep
}

// text is what is signed: the form of C2SP's tlog-checkpoint, with the time as its one extension line.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\ntime %s\n", c.Origin, c.Size, base64Hash(c.Root), c.At.UTC().Format(timeLayout))
}

func (c Checkpoint) signed(key *Key) (Checkpoint, error) {
	c.Origin = key.Name()
	b, err := note.Sign(&note.Note{Text: c.text()}, key.signer)
	c.Note = string(b)
	return c, err
}

// OpenCheckpoint reads a checkpoint and checks its signature against the log's public key.
func OpenCheckpoint(text, verifier string) (Checkpoint, error) {
	n, err := openNote(text, verifier)
	if err != nil {
		return Checkpoint{}, err
	}
	lines := strings.Split(n, "\n")
	if len(lines) < 4 {
		return Checkpoint{}, errors.New("journal: the checkpoint has too few lines")
	}
	c := Checkpoint{Origin: lines[0], Note: text}
	name, _, _ := strings.Cut(verifier, "+")
	c.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || c.Size < 0 || c.Origin != name || strconv.FormatInt(c.Size, 10) != lines[1] {
		return Checkpoint{}, errors.New("journal: the checkpoint is malformed")
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return Checkpoint{}, fmt.Errorf("journal: the checkpoint's root: %w", err)
	}
	if at, ok := strings.CutPrefix(lines[3], "time "); ok {
		if c.At, err = time.Parse(timeLayout, at); err != nil {
			return Checkpoint{}, fmt.Errorf("journal: the checkpoint's time: %w", err)
		}
	}
	return c, nil
}

func openNote(text, verifier string) (string, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return "", fmt.Errorf("journal: the public key: %w", err)
	}
	n, err := note.Open([]byte(text), note.VerifierList(v))
	if err != nil {
		return "", fmt.Errorf("journal: the signature: %w", err)
	}
	return n.Text, nil
}

// CheckInclusion tells whether a leaf stands at an index of the tree of a size and root.
func CheckInclusion(index, size int64, root, leaf tlog.Hash, proof []tlog.Hash) error {
	return tlog.CheckRecord(proof, size, root, index, leaf)
}

// CheckConsistency tells whether the older tree is the beginning of the newer one.
func CheckConsistency(oldSize, newSize int64, oldRoot, newRoot tlog.Hash, proof []tlog.Hash) error {
	if oldSize == 0 && newSize >= 0 { // every log begins with nothing
		if len(proof) != 0 {
			return errors.New("journal: a proof from the empty log is empty")
		}
		return nil
	}
	return tlog.CheckTree(proof, newSize, newRoot, oldSize, oldRoot)
}
