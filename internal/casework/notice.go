package casework

import (
	"encoding/json"
	"fmt"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// How a notice stands.
const (
	noticeRuns    = "running"
	noticeStood   = "stood"
	noticeUpheld  = "upheld"
	noticeDropped = "dropped"
)

// freeze publishes a notice: what it shows is kept as it is now, and its digest is in this step's leaf.
func (c *change) freeze(a policy.FreezeContent) error {
	content := map[string]json.RawMessage{}
	for _, path := range sortedKeys(a.Content) {
		v := a.Content[path]
		if form, ok := v.([]policy.Values); ok && len(form) == 1 && !strings.Contains(path, ".") {
			v = form[0] // a whole form
		}
		content[path] = policy.EncodeValue(v)
	}
	text, err := json.Marshal(content) // keys are sorted by the encoder
	if err != nil {
		return err
	}
	n := noticeRow{id: ident.New("notice", c.at), record: c.rec.ID, seq: c.seq, state: c.rec.State, title: c.title() + " · " + c.d.state(c.rec).Title.ZH,
		content: string(text), digest: digestBytes(text), from: c.at, to: c.rec.Due, status: noticeRuns}
	if n.to.IsZero() {
		n.to = caldate.On(c.at).AddDays(a.Days).End()
	}
	c.leaf.Notices = append(c.leaf.Notices, leafPaper{ID: n.id, Digest: n.digest})
	return addNotice(c.tx, c.d.row.id, n)
}

// endNotice closes what is on notice when the case leaves the block of the notice, by the exit it leaves through.
func (c *change) endNotice(t policy.Transition) error {
	from, to := c.d.mech.Case.State(t.From), c.d.mech.Case.State(t.To)
	if from == nil || from.Block == "" || to != nil && to.Block == from.Block && strings.HasPrefix(t.To, rootState(t.From)) {
		return nil
	}
	return endNotices(c.tx, c.d.row.id, c.d.row.id, c.d.exit(from, t.To))
}

// rootState is the name under which a block stands in the flow: "announced" of "announced.ruling".
func rootState(state string) string {
	root, _, _ := strings.Cut(state, ".")
	return root
}

// exit is how a notice ended when the case went from one of its states to another.
func (d *docket) exit(from *policy.State, to string) string {
	var branches []*policy.Branch
	for _, sp := range from.Steps {
		branches = append(branches, sp.To...)
	}
	if from.Deadline != nil {
		branches = append(branches, from.Deadline.To...)
	}
	for _, b := range branches {
		if b.State == to {
			switch b.Exit {
			case "stands":
				return noticeStood
			case "upheld":
				return noticeUpheld
			}
		}
	}
	return noticeDropped
}

// frozen refuses a step that changes what is on notice: the public must have seen what is decided in the end.
func (c *change) frozen([]string) error {
	if len(c.leaf.Forms) == 0 || c.d.state(c.d.snap.Case).Block == "" {
		return nil
	}
	running, err := notices(c.tx, c.d.row.id)
	if err != nil {
		return err
	}
	for _, n := range running {
		if n.status != noticeRuns || n.seq == c.seq {
			continue
		}
		var content map[string]json.RawMessage
		if err := json.Unmarshal([]byte(n.content), &content); err != nil {
			return fmt.Errorf("casework: notice %s: %w", n.id, err)
		}
		for path := range content {
			form, _, _ := strings.Cut(path, ".")
			if c.filled(form) {
				return refusal.New(refusal.Closed, "casework.frozen", lang.T("正在公示的内容不能变更", "What is on public notice cannot be changed")).
					At(path).Mend(lang.T("请撤销公示后再变更，变更后重新公示", "Drop the notice, change it, and give notice again"))
			}
		}
	}
	return nil
}
