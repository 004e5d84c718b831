package play

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// Number makes the n-th number of a scheme up; all of them check.
func Number(scheme string, n int) string {
	switch scheme {
	case "patent_cn":
		return ident.PatentWithCheck(fmt.Sprintf("20241%07d", n))
	case "uscc":
		return ident.USCCWithCheck(fmt.Sprintf("91210112MA%07d", n))
	}
	s, _ := ident.Named(scheme)
	digits := fmt.Sprint(n)
	return s.Example[:max(0, len(s.Example)-len(digits))] + digits
}

// defaultRecords gives every organisation of the stage a record of each kind that the mechanism's forms choose from.
func defaultRecords(p *policy.Pack, m *policy.Mechanism, parties []Party) []Record {
	var kinds []string
	var find func(fields []*policy.Field)
	find = func(fields []*policy.Field) {
		for _, f := range fields {
			if f.Type == policy.RecordType && !slices.Contains(kinds, f.Kind) {
				kinds = append(kinds, f.Kind)
			}
			find(f.Rows)
		}
	}
	for _, f := range m.Forms {
		find(f.Fields)
	}
	var out []Record
	for _, name := range kinds {
		k := p.Kinds[name]
		if k == nil {
			continue
		}
		for _, party := range parties {
			if party.Kind != "person" {
				out = append(out, Record{Name: party.Name + "的" + k.Title.ZH, Kind: name, Values: madeUp(p, k, party.Name, len(out)+1)})
			}
		}
	}
	return out
}

// madeUp fills a kind's fields plainly: those that must be filled, and the party that owns it.
func madeUp(p *policy.Pack, k *policy.Kind, owner string, n int) policy.Values {
	v := policy.Values{}
	for _, f := range k.Fields {
		switch {
		case f.Name == k.Owner || f.Type == policy.PartyType && !f.Optional:
			v[f.Name] = owner
		case f.Name == k.Called:
			v[f.Name] = fmt.Sprintf("%s%d", f.Title.ZH, n)
		case f.Ident != "":
			v[f.Name] = Number(f.Ident, 900_000+n)
		case f.Name == k.Status:
			v[f.Name] = f.Choices[0].Value
		case f.Optional:
		case f.Type == policy.TextType:
			v[f.Name] = fmt.Sprintf("%s%d", f.Title.ZH, n)
		case f.Type == policy.ChoiceType:
			v[f.Name] = f.Choices[0].Value
		case f.Type == policy.RefType && p.Taxonomies[f.Ref] != nil && len(p.Taxonomies[f.Ref].Codes) > 0:
			v[f.Name] = p.Taxonomies[f.Ref].Codes[0].Code
		case f.Type == policy.NodeType:
			v[f.Name] = defaultNodes(p)[0].ID
		case f.Type == policy.DateType:
			v[f.Name] = policy.OfUnits(policy.DateType, 20_000)
		case f.Type == policy.DocumentType:
			v[f.Name] = Document(k.Name + ".pdf")
		case f.Type == policy.FlagType:
		case f.Type == policy.CountType: // a few of something, never a million
			v[f.Name] = int64(1)
		default:
			if x := policy.OfUnits(f.Type, 1_000_000); f.Type != policy.RecordType && f.Type != policy.RowsType {
				v[f.Name] = x
			}
		}
	}
	return v
}

// records reads the list “records” of the section “world”: name: {kind, field: value …}. The name is the record's where it is not said.
func (f *File) records(data []byte, said map[string]typedValues) error {
	if len(said) > 0 {
		f.Stage.Records = nil
	}
	for n, name := range order(data, "records", said) {
		kind := fmt.Sprint(said[name]["kind"])
		k := f.Stage.Pack.Kinds[kind]
		if k == nil {
			return fmt.Errorf("records: %s: there is no kind %q", name, kind)
		}
		rest := maps.Clone(said[name])
		delete(rest, "kind")
		values, err := read(k.Fields, k.Name, rest)
		if err != nil {
			return fmt.Errorf("records: %s: %w", name, err)
		}
		for field := range rest {
			if k.Field(field) == nil {
				return fmt.Errorf("records: %s: the kind %s has no field %q", name, kind, field)
			}
		}
		for field, v := range madeUp(f.Stage.Pack, k, f.Stage.Opener, n+1) {
			if _, ok := rest[field]; !ok {
				values[field] = v
			}
		}
		if _, ok := rest[k.Called]; !ok {
			values[k.Called] = name
		}
		f.Stage.Records = append(f.Stage.Records, Record{Name: name, Kind: kind, Values: values})
	}
	return nil
}

// read makes values of what was typed. Names of parties and records stay names: each world has identifiers of its own for them.
func read(fields []*policy.Field, name string, said typedValues) (policy.Values, error) {
	s := &stager{w: named{}}
	raw, err := s.jsonOf(fields, said)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(raw)
	if err != nil {
		return nil, err
	}
	return (&policy.Form{Name: name, Fields: fields}).ReadValues(text)
}

// named is a world in which everything is called by its name.
type named struct{ World }

func (named) PartyID(name string) string  { return name }
func (named) RecordID(name string) string { return name }

// record is a record of the stage that a field may choose.
func (f *Filler) record(sc *policy.Scope, x *policy.Field, beside policy.Values) policy.Value {
	k := sc.Snapshot.Pack.Kinds[x.Kind]
	var list, theirs []string // theirs belong to a party that the form names already
	for _, r := range f.Stage.Records {
		if r.Kind != x.Kind || k == nil {
			continue
		}
		if owner, _ := r.Values[k.Owner].(string); x.Owner == "" || slices.ContainsFunc(sc.Snapshot.Holders(sc.Record, x.Owner), func(h policy.Holder) bool { return h.Party == f.PartyID(owner) }) {
			list = append(list, r.Name)
			for _, v := range beside {
				if v == policy.Value(f.PartyID(owner)) {
					theirs = append(theirs, r.Name)
				}
			}
		}
	}
	if len(theirs) > 0 && f.Rand.IntN(10) > 0 {
		list = theirs
	}
	if len(list) == 0 {
		return nil
	}
	return f.RecordID(list[f.pick(len(list))])
}

// RecordID is the name itself.
func (w *Interpreter) RecordID(name string) string { return name }

// Record is a record as it stands.
func (w *Interpreter) Record(id string) (*Held, error) { return w.held[id], nil }

// Records counts those that are not retired.
func (w *Interpreter) Records() (map[string]int, error) {
	out := map[string]int{}
	for _, h := range w.held {
		if !h.Retired {
			out[h.Kind]++
		}
	}
	return out, nil
}

// chosen refuses records that are not there, are retired, or are not of the party that has to own them.
func (w *Interpreter) chosen(path string, fields []*policy.Field, values policy.Values, rec *policy.Record) error {
	var list refusal.List
	for _, f := range fields {
		if rows, ok := values[f.Name].([]policy.Values); ok {
			for i, row := range rows {
				list = append(list, refusal.Of(w.chosen(fmt.Sprintf("%s%s[%d].", path, f.Name, i), f.Rows, row, rec))...)
			}
		}
		id, _ := values[f.Name].(string)
		if f.Type != policy.RecordType || id == "" {
			continue
		}
		h := w.held[id]
		if h == nil || h.Retired || h.Kind != f.Kind {
			list.Add(refusal.New(refusal.Invalid, "casework.no_record", lang.T("“"+f.Title.ZH+"”所选的一项不在登记库中，或已注销", "what was chosen for “"+f.Title.EN+"” is not in the register, or retired"))).At(path + f.Name)
			continue
		}
		owner, _ := h.Values[w.s.Pack.Kinds[h.Kind].Owner].(string)
		if f.Owner != "" && !slices.Contains(w.s.Holders(rec, f.Owner), policy.Holder{Party: owner}) {
			list.Add(refusal.New(refusal.Forbidden, "casework.not_owner", lang.T("“"+f.Title.ZH+"”所选的一项不属于"+f.Owner, "what was chosen for “"+f.Title.EN+"” is not of "+f.Owner))).At(path + f.Name)
		}
	}
	return list.Err()
}

// bind makes things what the case's forms choose.
func (w *Interpreter) bind() {
	for _, t := range w.s.Mechanism.Things {
		if form, field, ok := strings.Cut(t.From, "."); ok {
			if id, _ := w.s.Case.Forms[form][field].(string); id != "" {
				w.s.Things[t.Name] = id
			}
		}
	}
}

// thing is the record that a thing is.
func (w *Interpreter) thing(name string) *Held { return w.held[w.s.Things[name]] }

// barred refuses what a record keeps a party from, as the register would.
func (w *Interpreter) barred(party, act string) error {
	day := caldate.On(w.s.Now)
	for _, id := range slices.Sorted(maps.Keys(w.held)) {
		h := w.held[id]
		k := w.s.Pack.Kinds[h.Kind]
		if k == nil || k.Bars == nil || h.Retired || h.Values[k.Bars.Party] != party || party == "" {
			continue
		}
		acts, _ := h.Values[k.Bars.Acts].(string)
		from, _ := h.Values[k.Bars.From].(caldate.Date)
		until, _ := h.Values[k.Bars.Until].(caldate.Date)
		if from <= day && (until == "" || until >= day) && (acts == "" || acts == "all" || slices.Contains(strings.Split(acts, "+"), act)) {
			return w.s.Pack.CiteLaw(refusal.New(refusal.Forbidden, "casework.barred", lang.T(fmt.Sprintf("%s现在不能办理：“%v”尚在期限内", party, h.Values[k.Called]), fmt.Sprintf("%s is barred by “%v”", party, h.Values[k.Called]))))
		}
	}
	return nil
}

// enter makes, changes or ends a record.
func (w *Interpreter) enter(a policy.Action) (id string) {
	switch a := a.(type) {
	case policy.EnterRegister:
		fields := policy.Settled(a.Fields, w.s.Things)
		if id = w.like(a, fields); id == "" {
			w.next++
			id = fmt.Sprintf("r%d", w.next)
			w.held[id] = &Held{Kind: a.Kind, Values: policy.Values{}}
		}
		change(w.held[id], fields)
		if a.Thing != "" {
			w.s.Things[a.Thing] = id
		}
	case policy.UpdateRecord:
		if h := w.thing(a.Thing); h != nil {
			change(h, policy.Settled(a.Fields, w.s.Things))
			id = w.s.Things[a.Thing]
		}
	case policy.RetireRecord:
		if h := w.thing(a.Thing); h != nil {
			h.Retired = true
			id = w.s.Things[a.Thing]
		}
	}
	return id
}

// like is the record that an entry renews, "" where it makes one.
func (w *Interpreter) like(a policy.EnterRegister, fields policy.Values) string {
	k := w.s.Pack.Kinds[a.Kind]
	if !a.Renew || k == nil {
		return ""
	}
	for _, id := range slices.Sorted(maps.Keys(w.held)) {
		h := w.held[id]
		if h.Kind != a.Kind || h.Retired {
			continue
		}
		for _, list := range k.Unique {
			if !slices.ContainsFunc(list, func(f string) bool { return fields[f] == nil || fields[f] != h.Values[f] }) {
				return id
			}
		}
	}
	return ""
}

func change(h *Held, fields policy.Values) {
	for name, v := range fields {
		if h.Values[name] = v; v == nil {
			delete(h.Values, name)
		}
	}
}

// unique refuses an outcome that would enter what the register has already.
func (w *Interpreter) unique(out *policy.Outcome) error {
	was := w.held
	defer func() { w.held = was }()
	w.held = map[string]*Held{}
	for id, h := range was {
		w.held[id] = &Held{h.Kind, maps.Clone(h.Values), h.Retired}
	}
	things, next := w.s.Things, w.next
	w.s.Things = maps.Clone(things)
	defer func() { w.s.Things, w.next = things, next }()
	for _, f := range out.Fills {
		for _, t := range w.s.Mechanism.Things {
			if form, field, ok := strings.Cut(t.From, "."); ok && form == f.Form {
				w.s.Things[t.Name], _ = f.Values[field].(string)
			}
		}
	}
	touched := false
	for _, a := range out.Actions {
		switch a.(type) {
		case policy.EnterRegister, policy.UpdateRecord, policy.RetireRecord:
			w.enter(a)
			touched = true
		}
	}
	if !touched {
		return nil
	}
	seen := map[string]*Held{}
	ids := slices.SortedFunc(maps.Keys(w.held), func(a, b string) int { // what was there before is who has it
		old := func(id string) int {
			if was[id] != nil && string(policy.EncodeValues(was[id].Values)) == string(policy.EncodeValues(w.held[id].Values)) {
				return 0
			}
			return 1
		}
		return cmp.Or(old(a)-old(b), cmp.Compare(a, b))
	})
	for _, id := range ids {
		h := w.held[id]
		k := w.s.Pack.Kinds[h.Kind]
		if h.Retired || k == nil {
			continue
		}
		for _, fields := range k.Unique {
			key := h.Kind
			for _, f := range fields {
				if h.Values[f] == nil {
					key = ""
					break
				}
				key += "\n" + f + "=" + string(policy.EncodeValue(h.Values[f]))
			}
			if other := seen[key]; key != "" && other != nil {
				if len(fields) > 1 {
					return w.s.Pack.CiteLaw(refusal.New(refusal.Conflict, "register.record_taken", alike(k, fields, other)).At(fields[len(fields)-1]))
				}
				f := k.Field(fields[0])
				return w.s.Pack.CiteLaw(refusal.New(refusal.Conflict, "register.record_taken", lang.T(fmt.Sprintf("%s“%v”已登记为“%v”", f.Title.ZH, h.Values[f.Name], other.Values[k.Called]),
					fmt.Sprintf("%s “%v” is registered already as “%v”", f.Title.EN, h.Values[f.Name], other.Values[k.Called]))).At(f.Name))
			}
			if key != "" {
				seen[key] = h
			}
		}
	}
	return nil
}

// record is “patent status 有效, price 300万元”, “patent retired” and “patent status 空”.
func (s *stager) record(text string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	name, list, _ := strings.Cut(text, " ")
	k := snap.Pack.KindOf(snap.Mechanism, name)
	if k == nil {
		return fmt.Errorf("there is no thing %q", name)
	}
	h, err := s.w.Record(snap.Things[name])
	if err != nil {
		return err
	}
	if h == nil {
		return fmt.Errorf("%s is not there yet", name)
	}
	for _, item := range strings.Split(list, ",") {
		field, said, _ := strings.Cut(strings.TrimSpace(item), " ")
		if field == "retired" {
			if !h.Retired {
				return fmt.Errorf("%s is not retired", name)
			}
			continue
		}
		f := k.Field(field)
		if f == nil {
			return fmt.Errorf("the kind %s has no field %q", k.Name, field)
		}
		var want []byte
		if said = strings.TrimSpace(said); said != "空" && said != "empty" {
			var v any = said
			if f.Type == policy.FlagType {
				v = said == "true" || said == "是"
			}
			raw, err := s.fieldJSON(f, v)
			if err != nil {
				return err
			}
			values, err := (&policy.Form{Name: k.Name, Fields: []*policy.Field{f}}).ReadValues([]byte(fmt.Sprintf(`{%q: %s}`, field, raw)))
			if err != nil {
				return err
			}
			want = policy.EncodeValue(values[field])
		} else {
			want = []byte("null")
		}
		if have := policy.EncodeValue(h.Values[field]); !bytes.Equal(have, want) {
			return fmt.Errorf("%s.%s is %s and not %s", name, field, have, want)
		}
	}
	return nil
}

// records is “achievement 1, contract 0”: how many more there are than at the beginning.
func (s *stager) records(text string) error {
	have, err := s.w.Records()
	if err != nil {
		return err
	}
	for _, item := range strings.Split(text, ",") {
		var kind string
		var n int
		if k, _ := fmt.Sscanf(strings.TrimSpace(item), "%s %d", &kind, &n); k != 2 {
			return errors.New("records: “kind number” is expected")
		}
		if s.st.Pack.Kinds[kind] == nil {
			return fmt.Errorf("there is no kind %q", kind)
		}
		if have[kind]-s.held[kind] != n {
			return fmt.Errorf("there are %d more %s and not %d", have[kind]-s.held[kind], kind, n)
		}
	}
	return nil
}

// alike says what of a record is another's already.
func alike(k *policy.Kind, fields []string, other *Held) lang.Text {
	var zh, en []string
	for _, name := range fields {
		f := k.Field(name)
		zh, en = append(zh, f.Title.ZH), append(en, f.Title.EN)
	}
	return lang.T(fmt.Sprintf("%s都相同的已登记为“%v”", strings.Join(zh, "、"), other.Values[k.Called]), fmt.Sprintf("%s are those of “%v”, which is registered already", strings.Join(en, ", "), other.Values[k.Called]))
}
