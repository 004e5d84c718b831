package chain

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/lang"
)

// Read reads a map from files by name, whatever of these they are, told apart by their columns:
//
//   - our own: nodes (id, zh, en, kind, class, chains, stage, trl, target, final, public, note), edges (from, to, is, weight, source,
//     public) and supplies (node, firm, country, share, minor, source) as CSV, or a Map as JSON;
//   - the supply chain data set of ETO/CSET: inputs, sequence, provision, providers, stages;
//   - lines of JSON {"industry": …, "ups": {name: weight}} (ChainKnowledgeGraph).
func Read(files map[string][]byte) (Map, error) {
	r := &reader{country: map[string]string{}, isCountry: map[string]bool{}, known: map[string]bool{}}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	// Providers first: provisions are read by them; then what makes nodes, then what joins them.
	rank := func(name string) int {
		return slices.IndexFunc([]string{"providers", "nodes", "inputs", "stages", ""}, func(p string) bool { return strings.HasPrefix(path.Base(name), p) })
	}
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	for _, name := range names {
		raw := bytes.TrimPrefix(files[name], []byte("\ufeff"))
		var err error
		switch strings.ToLower(path.Ext(name)) {
		case ".json", ".jsonl":
			err = r.json(raw)
		case ".csv":
			err = r.csv(raw)
		default:
			continue // a licence or a note beside the tables
		}
		if err != nil {
			return r.m, fmt.Errorf("%s: %w", name, err)
		}
	}
	return r.m, nil
}

type reader struct {
	m         Map
	country   map[string]string // of ETO providers
	isCountry map[string]bool
	known     map[string]bool // nodes
}

// json reads a Map, or lines of industries.
func (r *reader) json(raw []byte) error {
	if i := bytes.IndexByte(raw, '\n'); !bytes.Contains(raw[:max(i, 0)], []byte(`"industry"`)) {
		var m Map
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		if err := d.Decode(&m); err != nil {
			return err
		}
		r.m.Nodes, r.m.Edges, r.m.Supplies = append(r.m.Nodes, m.Nodes...), append(r.m.Edges, m.Edges...), append(r.m.Supplies, m.Supplies...)
		return nil
	}
	scan := bufio.NewScanner(bytes.NewReader(raw))
	scan.Buffer(nil, 1<<24)
	for line := 1; scan.Scan(); line++ {
		if len(bytes.TrimSpace(scan.Bytes())) == 0 {
			continue
		}
		var x struct {
			Industry string           `json:"industry"`
			Ups      map[string]int64 `json:"ups"`
		}
		if err := json.Unmarshal(scan.Bytes(), &x); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		r.node(x.Industry, Segment)
		for _, up := range sortedKeys(x.Ups) {
			r.node(up, Segment)
			r.m.Edges = append(r.m.Edges, Edge{From: up, To: x.Industry, Is: GoesInto, Weight: x.Ups[up]})
		}
	}
	return scan.Err()
}

func sortedKeys(m map[string]int64) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// node enters a node that has only a name, once.
func (r *reader) node(name string, kind Kind) {
	if !r.known[name] {
		r.known[name] = true
		r.m.Nodes = append(r.m.Nodes, Node{ID: name, Name: lang.Text{ZH: name}, Kind: kind})
	}
}

// csv reads rows by the names of their columns.
func (r *reader) csv(raw []byte) error {
	c := csv.NewReader(bytes.NewReader(raw))
	head, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	take := r.rows(head)
	if take == nil {
		return fmt.Errorf("columns %v belong to no table that is known here", head)
	}
	for line := 2; ; line++ {
		rec, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		row := row{}
		for k, name := range head {
			row[strings.TrimSpace(name)] = strings.TrimSpace(rec[k])
		}
		if err := take(row); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

type row map[string]string

// rows is what to do with a row of such columns.
func (r *reader) rows(head []string) func(row) error {
	has := func(names ...string) bool {
		for _, n := range names {
			if !slices.Contains(head, n) {
				return false
			}
		}
		return true
	}
	switch {
	case has("id", "zh", "kind"):
		return r.ownNode
	case has("from", "to", "is"):
		return r.ownEdge
	case has("node", "country"):
		return r.ownSupply
	case has("provider_id", "provider_type"):
		return func(x row) error {
			id := x["provider_id"]
			r.country[id], r.isCountry[id] = x["country"], x["provider_type"] == "country"
			return nil
		}
	case has("provider_id", "provided_id"):
		return r.provision
	case has("input_id", "goes_into_id"):
		return r.sequence
	case has("input_id", "type"):
		return func(x row) error {
			if !r.known[x["input_id"]] {
				r.known[x["input_id"]] = true
				n := Node{ID: x["input_id"], Name: lang.T(x["input_name"], x["input_name"]), Kind: Product, Stage: x["stage_name"], Final: x["type"] == "ultimate_output"}
				if x["type"] == "process" {
					n.Kind = Segment
				}
				r.m.Nodes = append(r.m.Nodes, n)
			}
			return nil
		}
	case has("stage_id", "stage_name"):
		return func(x row) error {
			r.known[x["stage_id"]] = true
			r.m.Nodes = append(r.m.Nodes, Node{ID: x["stage_id"], Name: lang.T(x["stage_name"], x["stage_name"]), Kind: Segment, Stage: x["stage_name"]})
			return nil
		}
	}
	return nil
}

func (r *reader) provision(x row) error {
	id := x["provider_id"]
	s := Supply{Node: x["provided_id"], Country: r.country[id], Firm: x["provider_name"], Minor: x["negligible_market_share"] != ""}
	if r.isCountry[id] {
		s.Country, s.Firm = x["provider_name"], ""
		if s.Country == "Various" {
			s.Country = ""
		}
	}
	var err error
	if s.PPM, err = readShare(x["share_provided"]); err != nil {
		return err
	}
	if r.known[s.Node] {
		r.m.Supplies = append(r.m.Supplies, s)
	}
	return nil
}

func (r *reader) sequence(x row) error {
	if to := x["goes_into_id"]; to != "" {
		r.m.Edges = append(r.m.Edges, Edge{From: x["input_id"], To: to, Is: GoesInto})
	}
	if to := x["is_type_of_id"]; to != "" {
		r.m.Edges = append(r.m.Edges, Edge{From: x["input_id"], To: to, Is: KindOf})
	}
	return nil
}

func (r *reader) ownNode(x row) error {
	n := Node{ID: x["id"], Name: lang.T(x["zh"], x["en"]), Kind: Kind(x["kind"]), Class: x["class"], Stage: x["stage"], Note: x["note"]}
	n.Final, n.Public = truth(x["final"]), truth(x["public"])
	if c := x["chains"]; c != "" {
		n.Chains = strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune(" ,;，；、", r) })
	}
	var err error
	for _, level := range []struct {
		text string
		to   *int
	}{{x["trl"], &n.TRL}, {x["target"], &n.Target}} {
		if level.text == "" {
			continue
		}
		if *level.to, err = strconv.Atoi(level.text); err != nil {
			return fmt.Errorf("%q is no level of readiness", level.text)
		}
	}
	r.known[n.ID] = true
	r.m.Nodes = append(r.m.Nodes, n)
	return nil
}

func (r *reader) ownEdge(x row) error {
	e := Edge{From: x["from"], To: x["to"], Is: Relation(x["is"]), Source: x["source"], Public: truth(x["public"])}
	if w := x["weight"]; w != "" {
		v, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			return fmt.Errorf("%q is no weight", w)
		}
		e.Weight = v
	}
	r.m.Edges = append(r.m.Edges, e)
	return nil
}

func (r *reader) ownSupply(x row) (err error) {
	s := Supply{Node: x["node"], Firm: x["firm"], Country: x["country"], Minor: truth(x["minor"]), Source: x["source"]}
	if s.PPM, err = readShare(x["share"]); err == nil {
		r.m.Supplies = append(r.m.Supplies, s)
	}
	return err
}

func truth(s string) bool { return slices.Contains([]string{"是", "yes", "true", "1"}, s) }

// readShare reads "57%", "0.4%", "" in ppm, exactly.
func readShare(s string) (*int64, error) {
	s = strings.TrimSuffix(strings.ReplaceAll(s, " ", ""), "%")
	if s == "" {
		return nil, nil
	}
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > 4 {
		return nil, fmt.Errorf("%q has more than four decimals", s)
	}
	v, err := strconv.ParseInt(whole+(frac + "0000")[:4], 10, 64)
	if err != nil || v < 0 || v > 1_000_000 {
		return nil, fmt.Errorf("%q is no share in percent", s)
	}
	return &v, nil
}
