package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/store"
)

// world is one of two cities that had the same past and differ only in who sits on one panel and which of them gives which review.
type world struct {
	*leaving
	now     time.Time
	experts []string // by login: the i-th of one world does what the i-th of the other does
}

// pass lets time go by: the same in both worlds.
func (w *world) pass() { w.now = w.now.Add(37 * time.Second) }

// twins makes two worlds of one past.
func twins(t *testing.T) (a, b *world) {
	t.Helper()
	past, err := open(built)
	if err != nil {
		t.Fatal(err)
	}
	learn(t, past, "F8", "zhuanjia6", "zhuanjia10", "zhuanjia11", "zhuanjia12")
	now := past.db.Now().Add(time.Minute).Truncate(time.Second)
	fork := func(name string) *world {
		file := filepath.Join(t.TempDir(), name+".db")
		if err := past.db.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(context.Background(), "sqlite:"+file)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		w := &world{now: now}
		clock := func() time.Time { return w.now }
		db.SetClock(clock)
		s, err := serve(db, past.key, built, false, clock)
		if err != nil {
			t.Fatal(err)
		}
		two, _ := forming(t, s)
		w.leaving = &leaving{site: s, t: t, id: two.Case}
		return w
	}
	return fork("a"), fork("b")
}

// nonce is what is drawn afresh for every row, request and signature, and tells nothing: identifiers of our own, digests, signatures and tokens.
var nonce = regexp.MustCompile(`\b[a-z]+_06[0-9a-hj-km-np-tv-z]{24}\b|\b[0-9a-f]{64}\b|[A-Za-z0-9+/_-]{40,}={0,2}`)

// declared replaces nonces by the order in which they appear: which of them are the same as others is compared, what they are is not.
func declared(answer string) string {
	seen := map[string]string{}
	return nonce.ReplaceAllStringFunc(answer, func(s string) string {
		if seen[s] == "" {
			kind, _, _ := strings.Cut(s, "_")
			seen[s] = fmt.Sprintf("<%s %d %d>", kind[:min(len(kind), 4)], len(s), len(seen)+1)
		}
		if strings.Contains(s, "_06") {
			return seen[s]
		}
		return fmt.Sprintf("<%d bytes>", len(s))
	})
}

// knocks is the whole answer of a door: status, headers, body.
func (w *world) knocks(who, method, path string, body any, heads ...string) string {
	w.t.Helper()
	res := w.as(w.t, who).ask(method, path, body, heads...)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%d %d bytes\n", res.StatusCode, len(raw))
	res.Header.Del("Date")
	res.Header.Write(&out)
	if ct := res.Header.Get("Content-Type"); strings.Contains(ct, "zip") || strings.Contains(ct, "sheet") {
		raw = unpacked(w.t, raw)
	}
	return declared(strings.ReplaceAll(out.String()+string(raw), w.url, ""))
}

// unpacked is what an archive holds, without when it was packed.
func unpacked(t *testing.T, raw []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return raw // a refusal
	}
	var out bytes.Buffer
	slices.SortFunc(z.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "docProps/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "\n== %s %d\n", f.Name, f.UncompressedSize64)
		if _, err := io.Copy(&out, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out.Bytes()
}

// outsiders are those who must not learn who reviews what: of every kind of account one at least, with a neighbour city, which reads as
// anybody does and says what it has already.
var outsiders = []string{nobody, "neighbour", enterprise, bidder, "jiebang3", "jiebang4", "yasuoji", conflicted, "faming", "hunnan", "tiexi", "zhuanhua", "chengxin", "dengji", "guanli", "tongji"}

// few of them are of every sort that has a page of its own.
var few = []string{nobody, bidder, conflicted, "tiexi", "dengji", "guanli"}

// knocking are the chairs that knock: some, which is what an ordinary run has time for, or all with KECHUANG_ALL=1.
func knocking(all []string, some ...string) []string {
	if os.Getenv("KECHUANG_ALL") != "" {
		return all
	}
	return some
}

// everyDoor are the doors of reading, with those that are about the case, its people and its papers in particular.
func (w *world) everyDoor(people []casework.PanelExpert) (paths []string) {
	fill := w.names(w.t)
	for op, list := range doors {
		method, path, _ := strings.Cut(op, " ")
		for _, k := range list {
			if method == "GET" {
				if k.path == "" {
					k.path = path
				}
				paths = append(paths, fill.Replace(k.path))
			}
		}
	}
	for _, x := range people {
		paths = append(paths, "/api/parties/"+x.Party, "/api/parties/"+x.Party+"/links", "/api/parties/"+x.Party+"/history", "/api/search?q="+url.QueryEscape(x.Name), "/api/parties?q="+url.QueryEscape(x.Name))
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

func (w *world) aboutCase() []string {
	in := "/api/cases/" + w.id
	paths := []string{in, "/api/hall/" + w.id, in + "/thread", in + "/bundle", in + "/marks", in + "/marks.xlsx", in + "/alike", in + "/dossiers", in + "/diagram.svg", "/api/panels", "/api/panels/" + w.id,
		"/api/meeting?case=" + w.id, "/api/desk", "/api/cases", "/api/bench", "/api/reviews", "/api/hall", "/api/overview", "/api/journal", "/api/journal/entries?limit=200", "/api/splits", "/api/fees", "/api/fees/" + w.now.Format("2006-01"),
		"/api/search?q=" + url.QueryEscape("专家"), "/api/search/words?q=" + url.QueryEscape("示例"), "/api/exchange/calls", "/api/exchange/records", "/api/portfolio/candidates?mechanism=jiebang"}
	for _, d := range w.proposals() {
		paths = append(paths, "/api/documents/"+d+"?case="+w.id)
	}
	for _, d := range get[casework.View](w.as(w.t, officer), in).Documents {
		if d.Made {
			paths = append(paths, in+"/papers/"+d.Digest)
		}
	}
	return paths
}

// same knocks in both worlds as every outsider and compares the whole answers.
func same(t *testing.T, when string, who []string, a, b *world, pathsA, pathsB []string) {
	t.Helper()
	opened, differ := 0, 0
	for _, name := range append(slices.Clone(who), a.anotherExpert(b)) {
		var heads []string
		who := name
		if name == "neighbour" {
			who, heads = nobody, []string{"If-None-Match", `"none"`, "Accept-Language", "en"}
		}
		for i, path := range pathsA {
			x, y := a.knocks(who, "GET", path, nil, heads...), b.knocks(who, "GET", pathsB[i], nil, heads...)
			if strings.HasPrefix(x, "200") {
				opened++
			}
			if x != y {
				if differ++; differ <= 12 {
					at := 0
					for at < min(len(x), len(y)) && x[at] == y[at] {
						at++
					}
					t.Errorf("%s, what %q reads in %s depends on who reviews:\n…%s\n…%s", when, name, path, x[max(0, at-300):min(len(x), at+160)], y[max(0, at-40):min(len(y), at+160)])
				}
			}
		}
	}
	if tried := (len(who) + 1) * len(pathsA); opened*3 < tried {
		t.Errorf("%s, only %d of %d doors opened: too little was compared", when, opened, tried)
	}
}

// TestTwoWorlds: two cities with the same past, in one of which these experts are asked, accept, read and give their reviews, and in the other those,
// in another order. Whatever anybody reads who is not of the offices that know the panel is the same, byte by byte, but for declared nonces: status, headers,
// sizes, counts, times, labels, journal, feeds, search, papers. In the log neither world names an expert or a case. KECHUANG_ALL=1 knocks as everybody.
func TestTwoWorlds(t *testing.T) {
	var log bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(was)
	a, b := twins(t)
	var people []casework.PanelExpert
	for _, x := range get[casework.PanelView](a.as(t, officer), "/api/panels/"+a.id).Pool {
		if x.Severity == "" || x.Severity == "warn" {
			people = append(people, x)
		}
	}
	if len(people) < 6 {
		t.Fatalf("only %d experts are free", len(people))
	}
	for i := range 3 {
		a.experts, b.experts = append(a.experts, login(people[i].Party)), append(b.experts, login(people[5-i].Party))
	}
	both := func(do func(w *world)) {
		for _, w := range []*world{a, b} {
			w.pass()
			do(w)
		}
	}
	// In the second world they act in the other order, and each says what another says in the first.
	order := map[*world][]int{a: {0, 1, 2}, b: {2, 0, 1}}
	each := func(do func(w *world, turn int, expert string)) {
		for turn := range 3 {
			both(func(w *world) { do(w, turn, w.experts[order[w][turn]]) })
		}
	}
	both(func(w *world) { // when accounts signed in last is read by who keeps them
		for _, x := range people {
			w.as(t, login(x.Party))
		}
		w.admitAll()
	})
	both(func(w *world) { w.inviteAll() })
	same(t, "once they are invited", knocking(outsiders, nobody, bidder), a, b, a.aboutCase(), b.aboutCase())
	each(func(w *world, _ int, who string) { w.must(who, "accept", map[string]any{"record": w.invitation(who)}) })
	both(func(w *world) { w.must(officer, "convene", map[string]any{}) })
	each(func(w *world, turn int, who string) {
		for i, r := range w.work(who) {
			if turn == 2 && i > 0 {
				continue // one is still missing
			}
			w.must(who, "score", map[string]any{"record": r.Record, "values": review(turn, w.bidOf(r.Record))})
		}
	})
	same(t, "while they are at work", knocking(outsiders, few...), a, b, a.aboutCase(), b.aboutCase())
	same(t, "while they are at work", knocking(few, bidder), a, b, a.everyDoor(people), b.everyDoor(people))
	both(func(w *world) {
		who := w.experts[order[w][2]]
		for _, r := range w.work(who) {
			w.must(who, "score", map[string]any{"record": r.Record, "values": review(2, w.bidOf(r.Record))})
		}
	})
	both(func(w *world) { w.decide() })
	same(t, "once the opinions are returned", knocking(outsiders, nobody, bidder), a, b, a.aboutCase(), b.aboutCase())
	for _, secret := range append(names(people), a.id) {
		if i := strings.Index(log.String(), secret); i >= 0 {
			t.Errorf("the log names %s: …%s…", secret, log.String()[max(0, i-200):min(log.Len(), i+100)])
		}
	}
	if log.Len() < 10_000 {
		t.Errorf("the log is not read: %d bytes", log.Len())
	}
}

// anotherExpert is one who is asked in neither world.
func (w *world) anotherExpert(other *world) string {
	for i := range 14 {
		if x := fmt.Sprintf("zhuanjia%d", i+1); x != conflicted && !slices.Contains(w.experts, x) && !slices.Contains(other.experts, x) {
			return x
		}
	}
	return ""
}

func names(people []casework.PanelExpert) (list []string) {
	for _, x := range people {
		list = append(list, x.Name, x.Party)
	}
	return list
}

// review is what is said in a turn about a bid, whoever says it.
func review(turn, bid int) map[string]any {
	return map[string]any{"technique": 30 + turn, "team": 15, "delivery": 14 + bid, "economy": 15, "comment": fmt.Sprintf("评语 %d·%d：路线可行", bid, turn)}
}

func (w *world) admitAll() {
	for _, p := range get[casework.View](w.as(w.t, officer), "/api/cases/"+w.id).Parts {
		for _, r := range p.Records {
			if p.Name == "bids" && r.State.Name == "submitted" {
				w.must(officer, "admit", map[string]any{"record": r.ID})
			}
		}
	}
}

func (w *world) inviteAll() {
	rows := []map[string]any{}
	for _, x := range w.experts {
		rows = append(rows, map[string]any{"expert": "party_demo" + x})
	}
	w.must(officer, "assign", map[string]any{"values": map[string]any{"experts": rows}})
}

func (w *world) invitation(who string) string {
	for _, x := range w.panel().Invitations {
		if login(x.Party) == who {
			return x.Record
		}
	}
	w.t.Fatalf("%s was not invited", who)
	return ""
}

// bidOf is the number of the bid that a review is of.
func (w *world) bidOf(review string) int {
	for _, r := range get[casework.Reviews](w.as(w.t, w.of(review)), "/api/reviews").Now {
		if r.Record == review && r.Of != nil {
			return r.Of.Number
		}
	}
	w.t.Fatalf("%s is of no bid", review)
	return 0
}

// of is whose review a record is.
func (w *world) of(review string) string {
	for _, who := range w.experts {
		if slices.ContainsFunc(w.work(who), func(r casework.ReviewItem) bool { return r.Record == review }) {
			return who
		}
	}
	w.t.Fatalf("%s is nobody's", review)
	return ""
}

// decide closes the scores, ranks the bids and gives notice.
func (w *world) decide() {
	for _, p := range get[casework.View](w.as(w.t, officer), "/api/cases/"+w.id).Parts {
		for _, r := range p.Records {
			if p.Name == "bids" && r.State.Name == "eligible" {
				w.must(officer, "collect", map[string]any{"record": r.ID})
			}
		}
	}
	w.must(officer, "rank", map[string]any{})
	w.must("lingdao", "approve", map[string]any{"values": map[string]any{"held_on": w.now.Format("2006-01-02"), "meeting": "局长办公会", "opinion": "同意"}})
}
