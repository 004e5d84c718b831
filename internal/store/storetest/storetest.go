// Package storetest runs a test on both databases.
//
//	storetest.Each(t, []store.Migrations{ledger.Migrations}, func(t *testing.T, db *store.DB) { … })
//
// SQLite is a file in the test's own folder. PostgreSQL is the server of KECHUANG_TEST_POSTGRES, in a schema of the test's own that
// is dropped after; where the variable is missing, the test says that PostgreSQL did not run.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // for making and dropping schemas

	"kechuang/internal/store"
)

// Env names the variable that holds the URL of the PostgreSQL server for tests.
const Env = "KECHUANG_TEST_POSTGRES"

// Each runs fn once on each database, migrated.
func Each(t *testing.T, sets []store.Migrations, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(dialect), func(t *testing.T) { fn(t, Open(t, URL(t, dialect), sets...)) })
	}
}

// Open opens and migrates a database, and closes it when the test ends.
func Open(t testing.TB, url string, sets ...store.Migrations) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(context.Background(), sets...); err != nil {
		t.Fatal(err)
	}
	return db
}

// URL is an empty database of the dialect for this test alone. The test is skipped where there is no PostgreSQL.
func URL(t testing.TB, dialect store.Dialect) string {
	t.Helper()
	if dialect == store.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	}
	server := os.Getenv(Env)
	if server == "" {
		t.Skipf("PostgreSQL did not run: set %s to the URL of a server", Env)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`CREATE SCHEMA ` + schema); err != nil {
		t.Fatalf("%s: %v", Env, err)
	}
	t.Cleanup(func() {
		defer db.Close()
		if _, err := db.Exec(`DROP SCHEMA ` + schema + ` CASCADE`); err != nil {
			t.Errorf("dropping the test's schema: %v", err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
