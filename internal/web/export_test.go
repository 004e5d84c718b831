package web

import (
	"context"
	"io/fs"
	"net/http"
	"time"
)

// For tests from outside.

func Pages(dist fs.FS) http.Handler { return newPages(dist) }

// ForgetOffers makes the next match read the register anew.
func (s *Server) ForgetOffers() {
	s.matched.mu.Lock()
	defer s.matched.mu.Unlock()
	s.matched.made = time.Time{}
}

func ProblemOf(ctx context.Context, err error) *Problem { return problemOf(ctx, err) }
