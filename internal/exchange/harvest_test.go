package exchange

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// stranger is a feed under the test's control.
type stranger struct {
	sync.Mutex
	items  []OpenItem // in the order of their change
	calls  []OpenItem
	size   int             // of a page
	broken int             // requests for records after which it fails once
	asked  int             // requests for records
	spoil  func(*OpenItem) // what a man in the middle does
	moved  string          // where it sends everybody
	as     string          // who it says it is
	key    *journal.Key    // with which it signs, nil: not at all
	named  string          // the key it names
	server *httptest.Server
}

func newStranger(t *testing.T) *stranger {
	s := &stranger{size: 2, as: "fushun"}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	return s
}

func (s *stranger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	defer s.Unlock()
	if s.moved != "" {
		http.Redirect(w, r, s.moved, http.StatusFound)
		return
	}
	var v any
	switch r.URL.Path {
	case aboutPath:
		v = OpenCity{Format: Format, ID: s.as, Title: lang.T("抚顺市", "Fushun"), Kinds: []OpenKind{}, Key: s.named}
	case callsPath:
		v = s.signed(Page{Format: Format, City: s.as, Items: s.spoilt(s.calls)})
	case recordsPath:
		if s.asked++; s.asked == s.broken {
			http.Error(w, "broken", http.StatusBadGateway)
			return
		}
		v = s.signed(s.records(r.URL.Query().Get("from")))
	}
	body, _ := json.Marshal(v)
	tag := Tag(body)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(body)
}

func (s *stranger) signed(p Page) Page {
	if s.key == nil {
		return p
	}
	p, err := (&Feed{Sign: journal.New(nil, s.key).Sign}).sign(p)
	if err != nil {
		panic(err)
	}
	return p
}

func (s *stranger) spoilt(list []OpenItem) []OpenItem {
	list = slices.Clone(list)
	for i := range list {
		if s.spoil != nil {
			s.spoil(&list[i])
		}
	}
	return list
}

func (s *stranger) records(from string) Page {
	at, _ := strconv.Atoi(from)
	end := min(at+s.size, len(s.items))
	p := Page{Format: Format, City: s.as, Items: s.spoilt(s.items[at:end]), Resume: strconv.Itoa(max(at, end-1))}
	if end < len(s.items) {
		p.Next = strconv.Itoa(end)
	}
	return p
}

func (s *stranger) item(id, name string, revision int64, gone bool) OpenItem {
	i := OpenItem{ID: id, Kind: "achievement", Name: name, Gone: gone, Revision: revision, Changed: time.Date(2025, 3, 3, 0, 0, len(s.items), 0, time.UTC),
		Values: map[string]json.RawMessage{"title": json.RawMessage(strconv.Quote(name))}}
	i.seal()
	return i
}

var noon = time.Date(2025, 6, 30, 4, 0, 0, 0, time.UTC)

// TestHarvest: what is broken off goes on where it was; what was spoiled on the way is refused; calls that are closed go; what is the same is
// not read twice.
func TestHarvest(t *testing.T) {
	storetest.Each(t, []store.Migrations{Migrations}, func(t *testing.T, db *store.DB) {
		s := newStranger(t)
		for n := range 5 {
			s.items = append(s.items, s.item(fmt.Sprintf("rec_%d", n), fmt.Sprintf("成果%d", n), 1, false))
		}
		call := s.item("case_1", "求一种涂层 100%", 1, false)
		call.Kind = CallKind
		call.seal()
		s.calls = []OpenItem{call}
		h := &Harvester{DB: db, Now: func() time.Time { return noon }}

		s.broken = 2
		if _, err := h.Harvest(t.Context(), s.server.URL); err == nil {
			t.Fatal("a feed that breaks off was harvested")
		}
		if list, err := Sources(t.Context(), db); err != nil || len(list) != 1 || !strings.Contains(list[0].Failure, "502") || !list[0].Harvested.IsZero() {
			t.Fatalf("%+v %v", list, err)
		}
		r := s.harvest(t, h)
		if total := count(t, db, ""); total != 6 || r.New != 4 {
			t.Fatalf("%+v, %d kept", r, total)
		}
		if list, _, err := List(t.Context(), db, Query{Text: "涂层 100%"}); err != nil || len(list) != 1 || list[0].Source != s.server.URL {
			t.Errorf("%+v %v", list, err)
		}
		if list, _, err := List(t.Context(), db, Query{Text: "涂层 1_0"}); err != nil || len(list) != 0 {
			t.Errorf("a wildcard of the query finds %+v %v", list, err)
		}
		for range 2 { // once more for the overlap, and then nothing is sent at all
			r = s.harvest(t, h)
		}
		if r.New+r.Changed+r.Gone != 0 || r.Same != 2 {
			t.Errorf("nothing changed, and yet %+v", r)
		}

		s.items = append(s.items, s.item("rec_1", "成果1（改）", 2, false), s.item("rec_2", "成果2", 2, true), s.item("rec_9", "从没见过", 3, true))
		s.calls = nil
		if r = s.harvest(t, h); r.Changed != 1 || r.Gone != 2 || r.New != 0 || count(t, db, "") != 4 {
			t.Errorf("%+v, %d kept", r, count(t, db, ""))
		}

		s.spoil = func(i *OpenItem) { i.Name += "（被改）" }
		s.items = append(s.items, s.item("rec_10", "成果10", 1, false))
		r, err := h.Harvest(t.Context(), s.server.URL)
		if err != nil || len(r.Refused) == 0 || count(t, db, "被改") != 0 {
			t.Errorf("%+v %v", r, err)
		}
	})
}

// TestStrangers: an address that is none, that leads elsewhere, or that is suddenly another city's.
func TestStrangers(t *testing.T) {
	storetest.Each(t, []store.Migrations{Migrations}, func(t *testing.T, db *store.DB) {
		s, other := newStranger(t), newStranger(t)
		s.items = []OpenItem{s.item("rec_0", "成果", 1, false)}
		h := &Harvester{DB: db, Now: func() time.Time { return noon }}
		for _, bad := range []string{"", "kjj.example.gov.cn", "file:///etc/passwd", "https://a:b@kjj.example.gov.cn", "https://kjj.example.gov.cn/?x=1"} {
			if _, err := h.Harvest(t.Context(), bad); !refusal.Is(err, "exchange.address") {
				t.Errorf("%q: %v", bad, err)
			}
		}
		s.harvest(t, h)
		s.as = "benxi"
		if _, err := h.Harvest(t.Context(), s.server.URL); !refusal.Is(err, "exchange.other_city") {
			t.Errorf("another city at the address: %v", err)
		}
		s.as, s.moved = "fushun", other.server.URL+aboutPath
		if _, err := h.Harvest(t.Context(), s.server.URL); err == nil || other.asked > 0 {
			t.Errorf("followed to another host: %v", err)
		}
	})
}

// TestDigest: the digest stays what it is over the wire, and no other content has it.
func TestDigest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 40, -1)
		i := OpenItem{ID: text.Draw(t, "id"), Name: text.Draw(t, "name"), Revision: rapid.Int64().Draw(t, "revision"), Changed: time.UnixMicro(rapid.Int64Range(0, 1<<50).Draw(t, "changed")),
			Values: map[string]json.RawMessage{}}
		raw, err := json.Marshal(text.Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		i.Values["title"] = raw
		i.seal()
		wire, err := json.Marshal(i)
		if err != nil {
			t.Fatal(err)
		}
		var back OpenItem
		if err := json.Unmarshal(wire, &back); err != nil {
			t.Fatal(err)
		}
		if back.digest() != i.Digest {
			t.Fatalf("%s has the digest %s and not %s", wire, back.digest(), i.Digest)
		}
		back.Revision++
		if back.digest() == i.Digest {
			t.Fatal("another item has the same digest")
		}
	})
}

func (s *stranger) harvest(t *testing.T, h *Harvester) Report {
	t.Helper()
	r, err := h.Harvest(t.Context(), s.server.URL)
	if err != nil || len(r.Refused) > 0 {
		t.Fatal(r.Refused, err)
	}
	return r
}

// count is how many items are kept, read in pages of two.
func count(t *testing.T, db *store.DB, text string) (n int) {
	t.Helper()
	for after := ""; ; {
		list, next, err := List(t.Context(), db, Query{Text: text, After: after, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		if n += len(list); next == "" {
			return n
		}
		after = next
	}
}

// TestSigned: what a city signs is taken; what it did not, or another key did, is not, and nothing is lost of what was there.
func TestSigned(t *testing.T) {
	storetest.Each(t, []store.Migrations{Migrations}, func(t *testing.T, db *store.DB) {
		s := newStranger(t)
		s.items = append(s.items, s.item("rec_0", "成果", 1, false))
		own, _, err := journal.NewKey("fushun")
		if err != nil {
			t.Fatal(err)
		}
		other, _, err := journal.NewKey("fushun")
		if err != nil {
			t.Fatal(err)
		}
		h := &Harvester{DB: db, HTTP: s.server.Client(), Now: func() time.Time { return noon }}
		harvest := func(key *journal.Key, named string, want string) {
			t.Helper()
			s.Lock()
			s.key, s.named = key, named
			s.items = append(s.items, s.item(fmt.Sprintf("rec_%d", len(s.items)), "成果", 1, false))
			s.Unlock()
			_, err := h.Harvest(t.Context(), s.server.URL)
			got := ""
			if list := refusal.Of(err); len(list) > 0 {
				got = list[0].ID
			}
			if got != want || (err != nil) != (want != "") {
				t.Errorf("%v, want %q", err, want)
			}
		}
		harvest(own, own.Verifier(), "")
		harvest(other, own.Verifier(), "exchange.signature")
		harvest(nil, own.Verifier(), "exchange.signature")
		harvest(nil, "", "exchange.other_key")
		harvest(other, other.Verifier(), "exchange.other_key")
		harvest(own, own.Verifier(), "")
		h.NewKey = true
		harvest(other, other.Verifier(), "")
		h.NewKey = false
		harvest(other, other.Verifier(), "")
		list, _, err := List(t.Context(), db, Query{Limit: 50})
		if err != nil || len(list) != len(s.items) {
			t.Errorf("%d items of %d are kept: %v", len(list), len(s.items), err)
		}
	})
}
