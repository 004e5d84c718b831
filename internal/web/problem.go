package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Problem is the answer to every request that failed: RFC 9457 problem details, with every reason at once. Title and detail are
// in the language that was asked for; refusals always carry both.
type Problem struct {
	Type     string       `json:"type" doc:"about:blank, or urn:kechuang:refusal:<kind>"`
	Title    string       `json:"title"`
	Status   int          `json:"status"`
	Detail   string       `json:"detail,omitempty"`
	Instance string       `json:"instance,omitempty" doc:"id of the request, to be quoted to the administrator"`
	Refusals refusal.List `json:"refusals" nullable:"false"`
}

// Error is the detail.
func (p *Problem) Error() string { return cmp.Or(p.Detail, p.Title) }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problem details.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// kinds is the one table that turns a kind of refusal into an HTTP status and a title. Where several kinds come together, the one
// that stands first here decides.
var kinds = []struct {
	kind   refusal.Kind
	status int
	title  lang.Text
}{
	{refusal.Unavailable, http.StatusServiceUnavailable, lang.T("系统暂时不可用", "Not available just now")},
	{refusal.SignIn, http.StatusUnauthorized, lang.T("请先登录", "Please sign in")},
	{refusal.NotFound, http.StatusNotFound, lang.T("没有找到", "Not found")},
	{refusal.Forbidden, http.StatusForbidden, lang.T("没有权限", "Not allowed")},
	{refusal.TooMany, http.StatusTooManyRequests, lang.T("请求过于频繁", "Too many requests")},
	{refusal.TooLarge, http.StatusRequestEntityTooLarge, lang.T("内容过大", "Too large")},
	{refusal.Conflict, http.StatusConflict, lang.T("内容已被他人更新", "Changed by somebody else")},
	{refusal.Closed, http.StatusConflict, lang.T("当前环节不能办理", "Not possible where the case stands")},
	{refusal.Insufficient, http.StatusUnprocessableEntity, lang.T("余额、额度或人数不足", "Not enough money, quota or people")},
	{refusal.Invalid, http.StatusUnprocessableEntity, lang.T("填写内容需要补正", "Please mend what was entered")},
}

// problemOf is the one place where an error becomes an answer. An error without a refusal is internal: it is logged with the
// request's id and never shown.
func problemOf(ctx context.Context, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	l, id := languageOf(ctx), requestID(ctx)
	list := refusal.Of(err)
	if len(list) == 0 {
		if errors.Is(err, context.Canceled) {
			slog.InfoContext(ctx, "request given up by the client", "request", id)
		} else {
			slog.ErrorContext(ctx, "internal error", "request", id, "error", err)
		}
		text := lang.T("系统内部出错，已记录，编号 "+id+"。没有任何内容被改动，请稍后再试", "An internal error, recorded as "+id+". Nothing was changed; please try again later")
		return &Problem{Type: "about:blank", Title: lang.T("系统内部出错", "Internal error").In(l), Status: http.StatusInternalServerError,
			Detail: text.In(l), Instance: id, Refusals: refusal.List{}}
	}
	for _, k := range kinds {
		for _, r := range list {
			if r.Kind == k.kind {
				return &Problem{Type: "urn:kechuang:refusal:" + string(k.kind), Title: k.title.In(l), Status: k.status,
					Detail: detail(list, l), Instance: id, Refusals: list}
			}
		}
	}
	slog.ErrorContext(ctx, "refusal of an unknown kind", "request", id, "error", err)
	return &Problem{Type: "about:blank", Title: "refused", Status: http.StatusUnprocessableEntity, Detail: detail(list, l), Instance: id, Refusals: list}
}

// detail joins the sentences of the refusals in one language.
func detail(list refusal.List, l lang.Tag) string {
	parts := make([]string, len(list))
	for i, r := range list {
		parts[i] = r.Text.In(l)
	}
	if l == lang.EN {
		return strings.Join(parts, "; ")
	}
	return strings.Join(parts, ";")
}

// shapeProblem turns what huma itself refuses — a body that is not JSON, a missing property, too many bytes — into the same answer.
func shapeProblem(hc huma.Context, status int, msg string, errs ...error) huma.StatusError {
	ctx := context.Background()
	if hc != nil {
		ctx = hc.Context()
	}
	var list refusal.List
	for _, e := range errs {
		if own := refusal.Of(e); len(own) > 0 {
			list = append(list, own...)
			continue
		}
		var d *huma.ErrorDetail
		if errors.As(e, &d) {
			if status == http.StatusBadRequest && d.Location == "body" {
				text := lang.T("请求的格式不正确", "The request is malformed: "+d.Message)
				list.Add(refusal.New(refusal.Invalid, "request.malformed", text))
				continue
			}
			list.Add(refusal.New(refusal.Invalid, "request.shape", shapeText(d.Message))).At(strings.TrimPrefix(strings.TrimPrefix(d.Location, "body"), "."))
		}
	}
	var long *http.MaxBytesError
	switch {
	case status == http.StatusRequestEntityTooLarge || errors.As(errors.Join(errs...), &long):
		list = refusal.List{tooLarge()}
	case status == http.StatusNotAcceptable || status == http.StatusUnsupportedMediaType:
		list = refusal.List{refusal.New(refusal.Invalid, "request.media", lang.T("只接受和返回 JSON", "Only JSON is taken and given"))}
	case status >= 500:
		return problemOf(ctx, errors.Join(append([]error{errors.New(msg)}, errs...)...))
	case len(list) == 0:
		list = refusal.List{refusal.New(refusal.Invalid, "request.malformed", lang.T("请求的格式不正确", "The request is malformed"))}
	}
	p := problemOf(ctx, list)
	if p.Status == http.StatusUnprocessableEntity && (status == http.StatusBadRequest || status == http.StatusUnsupportedMediaType || status == http.StatusNotAcceptable) {
		p.Status = status
	}
	return p
}

// writeProblem answers outside an operation: pages, unknown paths, refused origins, panics.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(r.Context(), err)
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

func stack() string { return string(debug.Stack()) }

func tooLarge() *refusal.Refusal {
	return refusal.New(refusal.TooLarge, "request.too_large", lang.T("提交的内容太大：一次最多 2 MB，附件最多 50 MB", "Too much at once: at most 2 MB, files at most 50 MB")).
		Mend(lang.T("请缩短文字，或把长材料作为附件上传", "Shorten the text, or upload long material as a file"))
}
