package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// What is taken from a stranger at most.
const (
	mostBytes = 16 << 20
	mostPages = 20_000
	mostName  = 500 // characters
	mostID    = 100
)

// Where a feed is.
const (
	aboutPath   = "/api/exchange"
	recordsPath = "/api/exchange/records"
	callsPath   = "/api/exchange/calls"
)

// Report says what a harvest did.
type Report struct {
	Base    string   `json:"base"`
	City    OpenCity `json:"city"`
	Pages   int      `json:"pages"`   // read
	Same    int      `json:"same"`    // answers that were 304: nothing new
	New     int      `json:"new"`     // items not known before
	Changed int      `json:"changed"` // known before, and different now
	Gone    int      `json:"gone"`    // retired or over since
	Refused []string `json:"refused"` // items that were not taken, with the reason
}

// Harvester reads other instances' feeds into a database.
type Harvester struct {
	DB   *store.DB
	HTTP *http.Client // its own with limits where nil
	Now  func() time.Time
	// NewKey takes the key that a city names now, where it had another.
	NewKey bool
}

// NewClient is a client that is careful with strangers: it waits half a minute, and follows a redirect to the same host only.
func NewClient() *http.Client {
	return &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 3 || r.URL.Host != via[0].URL.Host || (via[0].URL.Scheme == "https" && r.URL.Scheme != "https") {
			return errors.New("redirected to another place")
		}
		return nil
	}}
}

// Harvest reads what an instance has laid open since the last time. Each page is kept in a transaction of its own with the place after it, so
// that a harvest that is broken off goes on where it was. What failed is kept with the source too.
func (h *Harvester) Harvest(ctx context.Context, address string) (r Report, err error) {
	base, err := baseOf(address)
	if err != nil {
		return r, err
	}
	src := OutsideSource{Base: base, Tags: map[string]string{}}
	err = h.DB.Read(ctx, func(tx *store.Tx) error {
		if s, found, err := sourceOf(tx, base); err != nil || !found {
			return err
		} else {
			src = s
			return nil
		}
	})
	if err != nil {
		return r, err
	}
	r = Report{Base: base, Refused: []string{}}
	if err = h.read(ctx, &src, &r); err != nil {
		return r, errors.Join(err, h.failed(context.WithoutCancel(ctx), base, err))
	}
	return r, nil
}

// failed notes with a source that is known what went wrong; the place it was read to stays.
func (h *Harvester) failed(ctx context.Context, base string, why error) error {
	return h.DB.Write(ctx, func(tx *store.Tx) error {
		src, found, err := sourceOf(tx, base)
		if err != nil || !found {
			return err
		}
		src.Failed, src.Failure = h.Now(), clip(why.Error(), 500)
		return putSource(tx, src)
	})
}

func (h *Harvester) read(ctx context.Context, src *OutsideSource, r *Report) error {
	body, _, _, err := h.get(ctx, src.Base+aboutPath, "")
	if err != nil {
		return err
	}
	var about OpenCity
	if err := json.Unmarshal(body, &about); err != nil || about.Format != Format || about.ID == "" {
		return refusal.New(refusal.Invalid, "exchange.format", lang.T("对方不提供本系统能读的开放目录（"+Format+"）", "there is no feed of the form "+Format+" there"))
	}
	if src.City.ID != "" && src.City.ID != about.ID {
		return refusal.New(refusal.Conflict, "exchange.other_city", lang.T("这个地址原来是“"+src.City.Title.ZH+"”，现在是“"+about.Title.ZH+"”", "this address was that of "+src.City.Title.EN+" and is now that of "+about.Title.EN)).
			Mend(lang.T("确认后用新的地址采集", "make sure, and harvest it by another address"))
	}
	if err := trusted(src.City, about, h.NewKey); err != nil {
		return err
	}
	src.City, r.City = about, about
	if err := h.records(ctx, src, r); err != nil {
		return err
	}
	return h.calls(ctx, src, r)
}

// records follows the feed of records from where it was left.
func (h *Harvester) records(ctx context.Context, src *OutsideSource, r *Report) error {
	from := src.Resume
	for n := 0; ; n++ {
		if n >= mostPages {
			return fmt.Errorf("exchange: %s does not come to an end", src.Base)
		}
		address := src.Base + recordsPath + "?from=" + url.QueryEscape(from)
		page, tag, same, err := h.page(ctx, src, address)
		if err != nil {
			return err
		}
		if same {
			r.Same++
			return nil
		}
		r.Pages++
		if page.Next == from && page.Next != "" {
			return fmt.Errorf("exchange: %s goes round in a circle", src.Base)
		}
		// The tag belongs to the last page only, asked for from the same place again.
		maps.DeleteFunc(src.Tags, func(at, _ string) bool { return at != src.Base+callsPath })
		if page.Next == "" {
			src.Resume = page.Resume
			if page.Resume == from {
				src.Tags[address] = tag
			}
		} else {
			src.Resume = page.Next
		}
		if err := h.keep(ctx, src, r, page.Items, false); err != nil {
			return err
		}
		if page.Next == "" {
			return nil
		}
		from = page.Next
	}
}

// calls reads all open calls; what is no longer among them is over.
func (h *Harvester) calls(ctx context.Context, src *OutsideSource, r *Report) error {
	address := src.Base + callsPath
	page, tag, same, err := h.page(ctx, src, address)
	if err != nil {
		return err
	}
	src.Harvested, src.Failure = h.Now(), ""
	if same {
		r.Same++
		return h.DB.Write(ctx, func(tx *store.Tx) error { return putSource(tx, *src) })
	}
	r.Pages++
	src.Tags[address] = tag
	return h.keep(ctx, src, r, page.Items, true)
}

// page reads one page; same says that it is as it was the last time.
func (h *Harvester) page(ctx context.Context, src *OutsideSource, address string) (p Page, tag string, same bool, err error) {
	body, tag, same, err := h.get(ctx, address, src.Tags[address])
	if err != nil || same {
		return p, tag, same, err
	}
	if err := json.Unmarshal(body, &p); err != nil || p.Format != Format {
		return p, tag, false, fmt.Errorf("exchange: %s is no page of a feed: %v", address, err)
	}
	if p.City != src.City.ID {
		return p, tag, false, fmt.Errorf("exchange: %s is a page of %q and not of %q", address, p.City, src.City.ID)
	}
	return p, tag, false, p.signedBy(src.City.Key)
}

// keep writes the items of a page and the place after it.
func (h *Harvester) keep(ctx context.Context, src *OutsideSource, r *Report, items []OpenItem, whole bool) error {
	count := *r // what the transaction counts, again if it is tried again
	err := h.DB.Write(ctx, func(tx *store.Tx) error {
		count = *r
		count.Refused = append([]string{}, r.Refused...)
		now := store.Micros(h.Now())
		here := map[string]bool{}
		for _, i := range items {
			here[i.ID] = true
			if why := i.bad(whole); why != "" {
				count.Refused = append(count.Refused, clip(i.ID, mostID)+": "+why)
				continue
			}
			if err := keepItem(tx, src.Base, i, now, &count); err != nil {
				return err
			}
		}
		if whole {
			open, err := callsOf(tx, src.Base)
			if err != nil {
				return err
			}
			for _, id := range open {
				if !here[id] {
					if err := closeItem(tx, src.Base, id, now); err != nil {
						return err
					}
					count.Gone++
				}
			}
		}
		return putSource(tx, *src)
	})
	if err == nil {
		*r = count
	}
	return err
}

// keepItem writes an item that is new or different. An older revision than what is known does not come back.
func keepItem(tx *store.Tx, source string, i OpenItem, now int64, r *Report) error {
	was, found, err := itemSeen(tx, source, i.ID)
	if err != nil {
		return err
	}
	first := now
	switch {
	case !found && i.Gone:
		return nil // it went before it was ever seen here
	case !found:
		r.New++
	case i.Revision < was.revision, i.Digest == was.digest && i.Gone == was.gone:
		return nil
	case i.Gone:
		r.Gone++
		first = was.first
	default:
		r.Changed++
		first = was.first
	}
	return putItem(tx, source, i, first, now)
}

// bad says why an item is not taken, "" where it is.
func (i OpenItem) bad(call bool) string {
	switch {
	case i.ID == "" || len(i.ID) > mostID || i.Kind == "" || len(i.Kind) > mostID:
		return "no id or kind"
	case call != (i.Kind == CallKind):
		return "a call among records, or a record among calls"
	case utf8.RuneCountInString(i.Name) > mostName || strings.ContainsRune(i.Name, 0):
		return "its name is too long"
	case i.digest() != i.Digest:
		return "its content is not what its digest says"
	}
	for k, v := range i.Values {
		if strings.Contains(k, "\x00") || strings.Contains(string(v), `\u0000`) {
			return "it holds a NUL"
		}
	}
	return ""
}

// get asks for an address; same is a 304.
func (h *Harvester) get(ctx context.Context, address, tag string) (body []byte, newTag string, same bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", false, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "kechuang-harvest")
	if tag != "" {
		req.Header.Set("If-None-Match", tag)
	}
	client := h.HTTP
	if client == nil {
		client = NewClient()
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, "", false, fmt.Errorf("exchange: %w", err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusNotModified && tag != "":
		return nil, tag, true, nil
	case res.StatusCode != http.StatusOK:
		return nil, "", false, fmt.Errorf("exchange: %s answers %s", address, res.Status)
	}
	body, err = io.ReadAll(io.LimitReader(res.Body, mostBytes+1))
	if err == nil && len(body) > mostBytes {
		err = fmt.Errorf("exchange: %s gives more than %d bytes", address, mostBytes)
	}
	return body, res.Header.Get("ETag"), false, err
}

// baseOf is an instance's address as it is kept: scheme and host, and a path before /api where there is one.
func baseOf(address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", refusal.New(refusal.Invalid, "exchange.address", lang.T("地址要写成 https://… ，不带账号和参数", "write the address as https://…, without an account or parameters")).At("url")
	}
	path, _, _ := strings.Cut(u.Path, "/api/")
	return u.Scheme + "://" + strings.ToLower(u.Host) + strings.TrimSuffix(path, "/"), nil
}

func clip(s string, n int) string {
	if r := []rune(strings.ToValidUTF8(s, "?")); len(r) > n {
		return string(r[:n]) + "…"
	}
	return strings.ToValidUTF8(s, "?")
}
