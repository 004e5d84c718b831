package web

import (
	"context"
	"io/fs"
	"net/http"
)

// For tests from outside.

func Pages(dist fs.FS) http.Handler { return newPages(dist) }

func ProblemOf(ctx context.Context, err error) *Problem { return problemOf(ctx, err) }
