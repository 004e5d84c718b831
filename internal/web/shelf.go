package web

import (
	"context"
	"sync"

	"kechuang/internal/policy"
	"kechuang/internal/policy/prove"
)

// shelf keeps the book of each edition that was asked for. An edition never changes, so neither does its book.
type shelf struct {
	mu    sync.Mutex
	books map[string]*book // by digest of the pack; guarded by mu
}

// newShelf begins with the book of the pack that the program was started with, whose proofs were made before it was let in.
func newShelf(first *book) *shelf {
	return &shelf{books: map[string]*book{first.pack.Digest: first}}
}

// of is the book of a pack, written out the first time. Two who ask for a new one at once both write it; one of them is kept.
func (s *shelf) of(p *policy.Pack) *book {
	s.mu.Lock()
	known := s.books[p.Digest]
	s.mu.Unlock()
	if known != nil {
		return known
	}
	made := newBook(p, prove.All(p))
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.books[p.Digest]; known != nil {
		return known
	}
	s.books[p.Digest] = made
	return made
}

// book is the edition in force, in words.
func (s *Server) book(ctx context.Context) (*book, error) {
	p, err := s.cases.Current(ctx)
	if err != nil {
		return nil, err
	}
	return s.shelf.of(p), nil
}
