package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
	"kechuang/internal/policy/draw"
	"kechuang/internal/refusal"
)

type (
	// MechanismItem is one line of the list of mechanisms.
	MechanismItem struct {
		Name    string       `json:"name"`
		Version string       `json:"version"`
		Title   lang.Text    `json:"title"`
		Purpose lang.Text    `json:"purpose"`
		Group   policy.Group `json:"group,omitzero" doc:"under which heading it is offered"`
		Opener  policy.Seat  `json:"opener"`
		Proved  bool         `json:"proved" doc:"every proof holds"`
		Open    bool         `json:"open" doc:"the account could open one"`
		Parties []PartyTitle `json:"parties" doc:"for whom"`
	}
	// PartyTitle is a party by name.
	PartyTitle struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	// Mechanism is one procedure in words.
	Mechanism struct {
		Name     string         `json:"name"`
		Version  string         `json:"version"`
		Title    lang.Text      `json:"title"`
		Purpose  lang.Text      `json:"purpose"`
		Basis    []policy.Basis `json:"basis"`
		Opener   string         `json:"opener"`
		Seats    []*policy.Seat `json:"seats"`
		Forms    []*policy.Form `json:"forms"`
		Machines []Machine      `json:"machines" doc:"the case's own flow first, then each part's"`
		Rules    []RuleLine     `json:"rules"`
		Params   []Param        `json:"params" doc:"the numbers that its rules and effects read"`
		Proofs   []Proof        `json:"proofs"`
		Source   string         `json:"source" doc:"the definition as it was written"`
	}
	// Machine is a flow of states.
	Machine struct {
		Name   string         `json:"name"`
		Title  lang.Text      `json:"title"`
		Of     string         `json:"of,omitempty"`
		Seats  []*policy.Seat `json:"seats"`
		States []State        `json:"states"`
	}
	// State is where a machine can stand, and what can be done there.
	State struct {
		Name     string    `json:"name"`
		Title    lang.Text `json:"title"`
		End      bool      `json:"end"`
		Good     bool      `json:"good"`
		Public   bool      `json:"public"`
		Steps    []Step    `json:"steps"`
		Deadline *Deadline `json:"deadline,omitempty"`
	}
	// Step is one act.
	Step struct {
		Name  string      `json:"name"`
		Title lang.Text   `json:"title"`
		Tells lang.Text   `json:"tells,omitzero"`
		By    []string    `json:"by"`
		All   bool        `json:"all" doc:"every seat in by must act"`
		Form  string      `json:"form,omitempty"`
		Say   bool        `json:"say"`
		While []string    `json:"while,omitempty"`
		When  []Condition `json:"when"`
		To    []Way       `json:"to"`
		Do    []lang.Text `json:"do" doc:"what follows, a sentence each"`
	}
	// Condition is a rule with the sentence that a refusal says.
	Condition struct {
		Source  string    `json:"source"`
		Because lang.Text `json:"because,omitzero"`
		Way     lang.Text `json:"way,omitzero"`
		Field   string    `json:"field,omitempty"`
		Rule    string    `json:"rule,omitempty" doc:"the document and clause"`
	}
	// Way is one branch: where it leads and when.
	Way struct {
		State string    `json:"state"`
		Title lang.Text `json:"title"`
		When  lang.Text `json:"when,omitzero"`
		Else  bool      `json:"else,omitempty"`
	}
	// Deadline is how long a state may last and what happens then.
	Deadline struct {
		Text     lang.Text   `json:"text" doc:"in words: 15 个工作日内,逾期提醒经办人"`
		To       []Way       `json:"to"`
		Escalate string      `json:"escalate,omitempty"`
		Do       []lang.Text `json:"do"`
	}
	// RuleLine is one of the rules that the mechanism promises on every path.
	RuleLine struct {
		Kind  string    `json:"kind"`
		Names []string  `json:"names"`
		Text  lang.Text `json:"text"`
	}
	// Param is one number of a rule, with its source.
	Param struct {
		Name   string        `json:"name"`
		Title  lang.Text     `json:"title"`
		Type   string        `json:"type"`
		Text   lang.Text     `json:"text" doc:"the value as it is said: 300万元, 15 个工作日"`
		Value  any           `json:"value" doc:"fen, ppm, days, or as it is"`
		Basis  string        `json:"basis"`
		Clause string        `json:"clause,omitempty"`
		Cite   string        `json:"cite" doc:"《…》(文号)clause"`
		Source *policy.Basis `json:"source,omitempty"`
		Trust  string        `json:"trust,omitempty"`
		Note   lang.Text     `json:"note,omitzero"`
		File   string        `json:"file" doc:"of the pack, where it stands"`
		Line   int           `json:"line"`
		UsedBy []UsedBy      `json:"used_by"`
	}
	// UsedBy is a mechanism that reads a parameter.
	UsedBy struct {
		Name  string    `json:"name"`
		Title lang.Text `json:"title"`
	}
	// Proof is the verdict of one proof of a mechanism.
	Proof struct {
		Name     string    `json:"name" enum:"typed,sound,answered,seated,separate,ordered,decided,conserved"`
		Title    lang.Text `json:"title"`
		Tells    lang.Text `json:"tells" doc:"what it means"`
		OK       bool      `json:"ok"`
		Findings diag.List `json:"findings" nullable:"false"`
	}
	nameInput struct {
		Name string `path:"name"`
	}
)

func (s *Server) policyRoutes() {
	handle(s, route{method: "GET", path: "/api/mechanisms", id: "mechanisms", tell: "The mechanisms of the pack", access: public},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]MechanismItem], error) {
			b, err := s.book(ctx)
			if err != nil {
				return nil, err
			}
			return &reply[[]MechanismItem]{b.items(who)}, nil
		})
	handle(s, route{method: "GET", path: "/api/mechanisms/{name}", id: "mechanism", tell: "A mechanism in words, with parameters, sources and proofs", access: public},
		func(ctx context.Context, _ identity.Actor, in *nameInput) (*reply[*Mechanism], error) {
			b, err := s.book(ctx)
			if err != nil {
				return nil, err
			}
			m := b.mechanisms[in.Name]
			if m == nil {
				return nil, noMechanism()
			}
			return &reply[*Mechanism]{m}, nil
		})
	handle(s, route{method: "GET", path: "/api/mechanisms/{name}/diagram.svg", id: "diagram", tell: "A mechanism as a diagram", access: public, media: "image/svg+xml"},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Name    string `path:"name"`
			Machine string `query:"machine" doc:"a part's name; empty: the case; *: the case with all its parts beneath"`
			State   string `query:"state" doc:"the state to point out"`
			Lang    string `query:"lang" enum:"zh,en" default:"zh"`
		}) (*file, error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			m := p.Mechanism(in.Name)
			if m == nil || (in.Machine != draw.Everything && m.Machine(in.Machine) == nil) {
				return nil, noMechanism()
			}
			return &file{ContentType: "image/svg+xml; charset=utf-8", Policy: paperPolicy, Body: s.draw(m, in.Machine, lang.Tag(in.Lang), in.State)}, nil
		})
	handle(s, route{method: "GET", path: "/api/policy/parameters", id: "parameters", tell: "Every number of a rule, with its source", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]Param], error) {
			b, err := s.book(ctx)
			if err != nil {
				return nil, err
			}
			return &reply[[]Param]{b.params}, nil
		})
	handle(s, route{method: "GET", path: "/api/policy/basis", id: "basis", tell: "The documents that rules come from", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]*policy.Basis], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			return &reply[[]*policy.Basis]{sorted(p.Basis, func(b *policy.Basis) string { return b.Key })}, nil
		})
	handle(s, route{method: "GET", path: "/api/policy/taxonomies/{name}", id: "taxonomy", tell: "The codes that a field of type ref chooses from", access: public},
		func(ctx context.Context, _ identity.Actor, in *nameInput) (*reply[*policy.Taxonomy], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			t := p.Taxonomies[in.Name]
			if t == nil {
				return nil, refusal.New(refusal.NotFound, "taxonomy.none", lang.T("没有这个代码表", "There is no such list of codes"))
			}
			return &reply[*policy.Taxonomy]{t}, nil
		})
	s.siteRoutes()
}

func noMechanism() error {
	return refusal.New(refusal.NotFound, "mechanism.none", lang.T("政策包中没有这个机制", "The pack has no such mechanism"))
}

// Site is what a page needs before anybody has signed in.
type Site struct {
	Title    lang.Text     `json:"title"`
	Region   string        `json:"region"`
	Pack     string        `json:"pack"`
	Packed   string        `json:"pack_version"`
	Digest   string        `json:"pack_digest"`
	Version  string        `json:"version"`
	Demo     bool          `json:"demo" doc:"a reference city with made-up records"`
	Accounts []DemoAccount `json:"accounts" doc:"in demo mode only: whom to sign in as"`
	Growing  *Growing      `json:"growing,omitempty" doc:"in demo mode only: the small city is growing to its full size"`
}

// Growing is how far the reference city has come while it is served.
type Growing struct {
	Percent int64     `json:"percent"`
	What    lang.Text `json:"what" doc:"what is being entered"`
}

// DemoAccount is one account of the demo city.
type DemoAccount struct {
	Login    string    `json:"login"`
	Password string    `json:"password"`
	Name     string    `json:"name"`
	Does     lang.Text `json:"does"`
}

// Health is whether this process can work.
type Health struct {
	OK      bool   `json:"ok"`
	Store   bool   `json:"store"`
	Version string `json:"version"`
}

func (s *Server) siteRoutes() {
	handle(s, route{method: "GET", path: "/api/site", id: "site", tell: "Which city and pack this is", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[Site], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			site := s.site
			if s.growing != nil {
				site.Growing = s.growing()
			}
			site.Title, site.Region, site.Pack, site.Packed, site.Digest = p.Title, p.Region, p.ID, p.Version, p.Digest
			return &reply[Site]{site}, nil
		})
	handle(s, route{method: "GET", path: "/api/health", id: "health", tell: "Whether this process can work", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*struct {
			Status int
			Body   Health
		}, error) {
			out := &struct {
				Status int
				Body   Health
			}{http.StatusOK, Health{OK: true, Store: true, Version: s.site.Version}}
			if err := s.ping(ctx); err != nil {
				out.Status, out.Body.OK, out.Body.Store = http.StatusServiceUnavailable, false, false
			}
			return out, nil
		})
}

// sorted is a map's values in the order of a key, so that an answer never changes between two requests.
func sorted[K comparable, V any](m map[K]V, key func(V) string) []V {
	return slices.SortedFunc(maps.Values(m), func(a, b V) int { return cmp.Compare(key(a), key(b)) })
}
