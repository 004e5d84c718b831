package web

import (
	"context"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/trial"
)

type (
	// PackFile is one file of the edition in force.
	PackFile struct {
		File string `json:"file"`
		Text string `json:"text"`
	}
	// Trial is what an edit of the edition in force would do.
	Trial struct {
		*trial.Trial
		OK      bool   `json:"ok" doc:"it may be proposed"`
		Drawing string `json:"drawing,omitempty" doc:"the mechanism that was asked for, as SVG"`
	}
	// EditionTrial is a proposal with its trial.
	EditionTrial struct {
		Edition casework.Edition `json:"edition"`
		Trial   Trial            `json:"trial"`
	}
	// EditionReceipt says what became of an edition.
	EditionReceipt struct {
		ID   string `json:"id"`
		Leaf string `json:"leaf" doc:"digest of the act's leaf in the journal"`
	}
)

// keepers change policy; auditors look on.
var (
	keepers      = access{roles: []string{identity.RolePolicy}}
	keepersHand  = access{roles: []string{identity.RolePolicy}, session: true}
	keepersWatch = access{roles: []string{identity.RolePolicy, identity.RoleAuditor}}
)

func (s *Server) editionRoutes() {
	handle(s, route{method: "GET", path: "/api/policy/files", id: "packFiles", tell: "The files of the edition in force", access: keepers},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]string], error) {
			_, names, err := s.cases.File(ctx, "")
			return answer(names, err)
		})
	handle(s, route{method: "GET", path: "/api/policy/file", id: "packFile", tell: "One file of the edition in force", access: keepers},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Name string `query:"name" required:"true" minLength:"1" maxLength:"200"`
		}) (*reply[PackFile], error) {
			text, _, err := s.cases.File(ctx, in.Name)
			return answer(PackFile{in.Name, text}, err)
		})
	handle(s, route{method: "GET", path: "/api/policy/pack.zip", id: "packZip", tell: "The edition in force, whole", access: public, media: "application/zip"},
		func(ctx context.Context, _ identity.Actor, _ *none) (*file, error) {
			body, err := s.cases.Export(ctx)
			if err != nil {
				return nil, err
			}
			return &file{ContentType: "application/zip", Disposition: attachment("pack.zip"), Body: body}, nil
		})
	handle(s, route{method: "POST", path: "/api/policy/trials", id: "tryPolicy", tell: "What an edit would do: findings, proofs, stories, differences; nothing is kept", access: keepers, limit: fileLimit},
		func(ctx context.Context, who identity.Actor, in *struct {
			Draw string `query:"draw" doc:"a mechanism to draw as edited"`
			Lang string `query:"lang" enum:"zh,en" default:"zh"`
			Body EditsBody
		}) (*reply[Trial], error) {
			t, err := s.cases.Try(ctx, who, casework.EditionCommand{Edits: in.Body.Edits, Shipped: in.Body.Shipped})
			if err != nil {
				return nil, err
			}
			return &reply[Trial]{s.trial(t, in.Draw, lang.Tag(in.Lang))}, nil
		})
	handle(s, route{method: "GET", path: "/api/policy/editions", id: "editions", tell: "The editions that came in force; to keepers of policy and auditors, the proposals too", access: public},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.Edition], error) {
			return answer(s.cases.Editions(ctx, who))
		})
	handle(s, route{method: "POST", path: "/api/policy/editions", id: "proposeEdition", tell: "Propose an edition that passes its trial", access: keepersHand, status: 201, limit: fileLimit},
		func(ctx context.Context, who identity.Actor, in *struct {
			Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body casework.EditionCommand
		}) (*reply[EditionReceipt], error) {
			in.Body.Key = in.Key
			return receipt(s.cases.Propose(ctx, who, in.Body))
		})
	handle(s, route{method: "GET", path: "/api/policy/editions/{id}", id: "edition", tell: "A proposal with its trial", access: keepersWatch},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Draw string `query:"draw"`
			Lang string `query:"lang" enum:"zh,en" default:"zh"`
		}) (*reply[EditionTrial], error) {
			e, t, err := s.cases.Proposal(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			return &reply[EditionTrial]{EditionTrial{*e, s.trial(t, in.Draw, lang.Tag(in.Lang))}}, nil
		})
	for act, do := range map[string]func(context.Context, identity.Actor, casework.EditionDecision) (*casework.Receipt, error){
		"adopt": s.adopt, "withdraw": s.withdraw,
	} {
		tell := map[string]string{"adopt": "Put a proposal of somebody else in force from its day", "withdraw": "Drop a proposal"}[act]
		handle(s, route{method: "POST", path: "/api/policy/editions/{id}/" + act, id: act + "Edition", tell: tell, access: keepersHand},
			func(ctx context.Context, who identity.Actor, in *struct {
				ID   string `path:"id"`
				Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
				Body struct {
					Reason string `json:"reason,omitempty" maxLength:"2000"`
				}
			}) (*reply[EditionReceipt], error) {
				return receipt(do(ctx, who, casework.EditionDecision{ID: in.ID, Reason: in.Body.Reason, Key: in.Key}))
			})
	}
}

// EditsBody is a set of edits to be tried.
type EditsBody struct {
	Edits   []trial.Edit `json:"edits,omitempty"`
	Shipped bool         `json:"shipped,omitempty"`
}

func (s *Server) adopt(ctx context.Context, who identity.Actor, d casework.EditionDecision) (*casework.Receipt, error) {
	return s.cases.Adopt(ctx, who, d)
}

func (s *Server) withdraw(ctx context.Context, who identity.Actor, d casework.EditionDecision) (*casework.Receipt, error) {
	return s.cases.Withdraw(ctx, who, d)
}

func receipt(r *casework.Receipt, err error) (*reply[EditionReceipt], error) {
	if err != nil {
		return nil, err
	}
	return &reply[EditionReceipt]{EditionReceipt{r.Record, r.Leaf}}, nil
}

// trial is how a trial is told, with the drawing of one mechanism as it would be.
func (s *Server) trial(t *trial.Trial, draw string, l lang.Tag) Trial {
	out := Trial{Trial: t, OK: t.OK()}
	if m := drawable(t.Pack, draw); m != nil && len(t.Findings) == 0 {
		out.Drawing = string(s.draw(m, "", l, ""))
	}
	return out
}

func drawable(p *policy.Pack, name string) *policy.Mechanism {
	if p == nil || name == "" {
		return nil
	}
	return p.Mechanism(name)
}
