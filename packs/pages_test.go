package packs

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/policy"
)

// TestPages executes every print page with a paper that knows the mechanism: a path that names no field, parameter or seat is a
// mistake of the page, and a page that prints nothing of what it was given is no page.
func TestPages(t *testing.T) {
	t.Parallel()
	pack := load(t)
	pages, err := template.ParseFS(Shenyang(), "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents(t, pack) {
		document := d.document
		if pages.Lookup(document+".html") == nil {
			t.Errorf("%s is made and has no page", document)
			continue
		}
		p := &paper{t: t, pack: pack, mech: d.mech, part: d.machine, document: document}
		var out bytes.Buffer
		if err := pages.ExecuteTemplate(&out, document+".html", p); err != nil {
			t.Errorf("%s: %v", document, err)
			continue
		}
		for _, want := range []string{"<h1>" + document, "2025年6月30日"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s does not print %q", document, want)
			}
		}
		if !namesTheCase(out.String(), d.mech) {
			t.Errorf("%s does not say what it is about: neither %s, nor a field filled from it, nor the mechanism", document, d.mech.About)
		}
		if strings.Contains(out.String(), "ZgotmplZ") {
			t.Errorf("%s puts text where html/template does not let it", document)
		}
	}
	for _, p := range pages.Templates() {
		name, isFile := strings.CutSuffix(p.Name(), ".html")
		if isFile && name != "page" && !slices.ContainsFunc(documents(t, pack), func(d made) bool { return d.document == name }) {
			t.Errorf("nothing makes %s", p.Name())
		}
	}
}

// namesTheCase tells whether a page prints what titles the case, or what was filled from it, or else the mechanism (in blocks, which
// know no case's fields).
func namesTheCase(page string, m *policy.Mechanism) bool {
	if strings.Contains(page, "‹"+m.About+"›") || strings.Contains(page, "<p>") && strings.Contains(page[strings.Index(page, "<p>"):], m.Title.ZH) {
		return true
	}
	for _, f := range m.Forms {
		for _, x := range f.Fields {
			if x.Fill == m.About && strings.Contains(page, "‹"+f.Name+"."+x.Name+"›") {
				return true
			}
		}
	}
	return false
}

// made is a document, and the machine of the mechanism in which it is made.
type made struct {
	document string
	mech     *policy.Mechanism
	machine  string
}

// documents is what the mechanisms make.
func documents(t *testing.T, pack *policy.Pack) []made {
	t.Helper()
	var out []made
	for _, m := range pack.Mechanisms {
		for _, machine := range append([]*policy.Machine{m.Case}, m.Parts...) {
			for _, s := range machine.States {
				for _, step := range s.Steps {
					for _, e := range step.Do {
						if d, ok := e.(policy.Make); ok && !slices.Contains(out, made{d.Document, m, machine.Name}) {
							out = append(out, made{d.Document, m, machine.Name})
						}
					}
				}
			}
		}
	}
	return out
}

// paper stands for what casework gives a page, as templates/page.html describes it.
type paper struct {
	t        *testing.T
	pack     *policy.Pack
	mech     *policy.Mechanism
	part     string
	document string
	columns  []*policy.Field
}

func (p *paper) Title() string     { return p.document }
func (p *paper) Number() string    { return "沈科揭〔2025〕1号" }
func (p *paper) Date() string      { return "2025年6月30日" }
func (p *paper) Case() string      { return "case_1" }
func (p *paper) Mechanism() string { return p.mech.Title.ZH }
func (p *paper) City() string      { return p.pack.Title.ZH }
func (p *paper) Base() string      { return "https://example.gov.cn" }
func (p *paper) Digest() string    { return "0123" }
func (p *paper) Reason() string    { return "理由" }
func (p *paper) Proof() string     { return "https://example.gov.cn/verify?case=case_1&step=1" }
func (p *paper) State() string     { return "状态" }
func (p *paper) Sources() []string { return []string{"《甲》", "《乙》"} }

func (p *paper) QR() (template.URL, error) { return "data:image/png;base64,AAAA", nil }

func (p *paper) field(path string) *policy.Field {
	form, field, dotted := strings.Cut(path, ".")
	if !dotted {
		for _, c := range p.columns {
			if c.Name == path {
				return c
			}
		}
	} else if f := p.mech.Form(form); f != nil && f.Field(field) != nil {
		return f.Field(field)
	}
	p.t.Errorf("%s.html reads %q, which is not there", p.document, path)
	return &policy.Field{}
}

func (p *paper) Text(path string) string { p.field(path); return "‹" + path + "›" }

func (p *paper) Capital(path ...string) string {
	if len(path) == 1 && p.field(path[0]).Type != policy.MoneyType {
		p.t.Errorf("%s.html writes %s in capitals, which is no money", p.document, path[0])
	}
	return "壹佰万元整"
}

func (p *paper) Rows(path string) []*paper {
	f := p.field(path)
	if len(f.Rows) == 0 {
		p.t.Errorf("%s.html reads rows of %s, which has none", p.document, path)
	}
	row := *p
	row.columns = f.Rows
	return []*paper{&row, &row}
}

func (p *paper) Parts(name string) []*paper {
	if p.mech.Part(name) == nil {
		p.t.Errorf("%s.html reads parts %q, which are not there", p.document, name)
	}
	one := *p
	one.part = name
	return []*paper{&one}
}

type answer struct{ Title, Value, Full string }

func (p *paper) Filled() []answer {
	return []answer{{"研发条件", "25", "30"}, {"意见", "好", ""}}
}

func (p *paper) Seat(name string) string {
	if p.mech.Seat(name) == nil {
		if m := p.mech.Part(p.part); m == nil || m.Seat(name) == nil {
			p.t.Errorf("%s.html names the seat %q, which is not there", p.document, name)
		}
	}
	return "〔" + name + "〕"
}

func (p *paper) Holder(seat, word string) string {
	p.Seat(seat)
	switch word {
	case "uscc", "address", "legal_rep", "contact", "phone":
	default:
		p.t.Errorf("%s.html asks for %q of a holder", p.document, word)
	}
	return word
}

func (p *paper) Param(name string) string {
	if p.pack.Params[name] == nil {
		p.t.Errorf("%s.html names the parameter %q, which is not there", p.document, name)
		return ""
	}
	return policy.Show(p.pack.Params[name].Value).ZH
}

func (p *paper) Cite(name string) string { return p.Param(name) }

func (p *paper) Pot(name, what string) string { return fmt.Sprintf("%s %s 1万元", name, what) }

type payment struct{ To, As, Amount, Capital string }

func (p *paper) Payments() []payment {
	return []payment{{"某单位", "启动资金", "100万元", "壹佰万元整"}}
}
