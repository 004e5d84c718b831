package journal

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// KeyEnv names the variable that may hold the signing key instead of a file.
const KeyEnv = "KECHUANG_JOURNAL_KEY"

// Key signs checkpoints: an Ed25519 key in the format of Go's checksum database, with the name of the log.
type Key struct {
	signer   note.Signer
	verifier string
}

// NewKey makes a key for a log of this name, such as "kechuang.shenyang", and its text to be kept secret.
func NewKey(name string) (key *Key, secret string, err error) {
	secret, _, err = note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, "", fmt.Errorf("journal: %w", err)
	}
	key, err = ReadKey(secret)
	return key, secret, err
}

// ReadKey reads a key's secret text.
func ReadKey(secret string) (*Key, error) {
	secret = strings.TrimSpace(secret)
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, fmt.Errorf("journal: the signing key: %w", err)
	}
	verifier, err := verifierOf(secret)
	if err != nil {
		return nil, err
	}
	return &Key{signer, verifier}, nil
}

// LoadKey gives the signing key of a database: that of KECHUANG_JOURNAL_KEY, or of the file; where there is neither, a new one is
// made and the file written, readable by its owner only. The key is not encrypted: what could decrypt it would lie beside it.
// Keep a copy of it elsewhere; without it the log cannot go on under its name.
func LoadKey(file, name string) (*Key, error) {
	if secret := os.Getenv(KeyEnv); secret != "" {
		return ReadKey(secret)
	}
	secret, err := os.ReadFile(file)
	if err == nil {
		return ReadKey(string(secret))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("journal: the signing key: %w", err)
	}
	key, text, err := NewKey(name)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("journal: the signing key: %w", err)
	}
	// Written whole under another name and then linked: of two processes that start at once one wins, and both use its key.
	tmp, err := os.CreateTemp(filepath.Dir(file), ".key-")
	if err != nil {
		return nil, fmt.Errorf("journal: the signing key: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(text + "\n")
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return nil, fmt.Errorf("journal: the signing key: %w", err)
	}
	if err := os.Link(tmp.Name(), file); errors.Is(err, fs.ErrExist) {
		return LoadKey(file, name)
	} else if err != nil {
		return nil, fmt.Errorf("journal: the signing key: %w", err)
	}
	return key, nil
}

// Verifier is the public half, "name+hash+key": what an auditor keeps and compares.
func (k *Key) Verifier() string { return k.verifier }

// Name is the log's.
func (k *Key) Name() string { return k.signer.Name() }

// verifierOf is the public half of a key's secret text: PRIVATE+KEY+name+hash+base64 of the algorithm's byte and the seed.
func verifierOf(secret string) (string, error) {
	parts := strings.Split(secret, "+")
	raw, err := base64.StdEncoding.DecodeString(strings.Join(parts[4:], "+"))
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return "", errors.New("journal: the signing key is not an Ed25519 key")
	}
	return note.NewEd25519VerifierKey(parts[2], ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey))
}
