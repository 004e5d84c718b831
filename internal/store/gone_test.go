package store_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// wire is a network between a test and PostgreSQL that can be cut and mended.
type wire struct {
	listener net.Listener
	server   string

	mu    sync.Mutex // guards cut and conns
	cut   bool
	conns []net.Conn
}

func newWire(t *testing.T, server string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: l, server: server}
	t.Cleanup(func() { l.Close(); w.set(true) })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.join(c)
		}
	}()
	return w
}

func (w *wire) join(c net.Conn) {
	s, err := net.Dial("tcp", w.server)
	w.mu.Lock()
	if err != nil || w.cut {
		w.mu.Unlock()
		c.Close()
		return
	}
	w.conns = append(w.conns, c, s)
	w.mu.Unlock()
	go func() { io.Copy(s, c); s.Close() }()
	io.Copy(c, s)
	c.Close()
}

// set cuts every connection and lets none through, or mends.
func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	if cut {
		for _, c := range w.conns {
			c.Close()
		}
		w.conns = nil
	}
}

// TestGoneAndBack: while PostgreSQL cannot be reached everyone is told so; when it is back everything works, with no restart; and
// what was not acknowledged is either whole or not there.
func TestGoneAndBack(t *testing.T) {
	u, err := url.Parse(storetest.URL(t, store.Postgres))
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(t, u.Host)
	u.Host = w.listener.Addr().String()
	db := storetest.Open(t, u.String(), tables)
	put(t, db, "甲", 0)
	add := func() error {
		return db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE pot SET amount = amount + 1 WHERE name = $1`, "甲")
			return err
		})
	}
	for round := range 5 {
		if err := add(); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		// In the middle of a transaction.
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(`UPDATE pot SET amount = amount + 100 WHERE name = $1`, "甲"); err != nil {
				return err
			}
			w.set(true)
			_, err := tx.Exec(`UPDATE pot SET amount = amount + 100 WHERE name = $1`, "甲")
			return err
		})
		if !refusal.Is(err, "store.unavailable") {
			t.Errorf("cut in a transaction: %v", err)
		}
		// From the beginning.
		if err := add(); !refusal.Is(err, "store.unavailable") || refusal.Of(err)[0].Kind != refusal.Unavailable {
			t.Errorf("cut before a transaction: %v", err)
		}
		if err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.Query(`SELECT 1`); return err }); !refusal.Is(err, "store.unavailable") {
			t.Errorf("read: %v", err)
		}
		if err := db.Ping(t.Context()); !refusal.Is(err, "store.unavailable") {
			t.Errorf("ping: %v", err)
		}
		w.set(false)
		if err := db.Ping(t.Context()); err != nil {
			t.Errorf("ping when it is back: %v", err)
		}
		// At the commit: nobody can know, and the error says so.
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE pot SET amount = amount + 0 WHERE name = $1`, "甲")
			w.set(true)
			return err
		})
		if !refusal.Is(err, "store.unsure") {
			t.Errorf("cut at the commit: %v", err)
		}
		w.set(false)
	}
	if got := amount(t, db, "甲"); got != 5 {
		t.Errorf("amount %d, want 5", got)
	}
}

// TestTerminated: the server ends our sessions, as on a restart or a failover.
func TestTerminated(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.Postgres), tables)
	put(t, db, "甲", 0)
	for range 3 {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(`UPDATE pot SET amount = amount + 1 WHERE name = $1`, "甲"); err != nil {
				return err
			}
			var ok bool
			_, err := store.One(tx, `SELECT pg_terminate_backend(pg_backend_pid())`, nil, &ok)
			return err
		})
		if !refusal.Is(err, "store.unavailable") {
			t.Errorf("terminated: %v", err)
		}
		deadline := time.Now().Add(5 * time.Second)
		for db.Ping(t.Context()) != nil && time.Now().Before(deadline) {
		}
	}
	if got := amount(t, db, "甲"); got != 0 {
		t.Errorf("amount %d", got)
	}
	put(t, db, "乙", 1)
}
