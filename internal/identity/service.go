package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations are this package's tables.
var Migrations = store.Migrations{Name: "identity", FS: files}

// Times. The first three are what 等级保护 level 3 evaluations commonly ask for; the cookie's own end is Absolute.
const (
	Idle     = 30 * time.Minute // a session without a request ends
	Absolute = 12 * time.Hour   // a session ends, used or not
	Lock     = 15 * time.Minute // after Failures wrong passwords in a row, each less than Lock after the last
	Failures = 5
	// AddressFailures wrong passwords from one address within Lock close sign-in to that address: many, because an office
	// or a science park comes from one address.
	AddressFailures = 100
	// touch is how often a session's last use is written; a session may so end up to this much early, never late.
	touch      = time.Minute
	FirstLife  = 24 * time.Hour
	InviteLife = 7 * 24 * time.Hour
	ResetLife  = 24 * time.Hour
	// KeepEvents is how long the security log is kept: 网络安全法 第二十一条 asks for no less than six months.
	KeepEvents = 400 * 24 * time.Hour
	maxDays    = 366 // of a token
)

// Service is all of identity over one database.
type Service struct {
	db      *store.DB
	parties Directory
	cost    Cost
	hashing chan struct{} // one slot a hash that is being computed
}

// New makes the service. parties tells the names of parties.
func New(db *store.DB, parties Directory, cost Cost) *Service {
	return &Service{db: db, parties: parties, cost: cost, hashing: make(chan struct{}, hashing)}
}

type clientKey struct{}

// WithClient says where the requests of this context come from.
func WithClient(ctx context.Context, c Client) context.Context {
	return context.WithValue(ctx, clientKey{}, c)
}

func clientOf(ctx context.Context) Client {
	c, _ := ctx.Value(clientKey{}).(Client)
	return Client{Address: clip(c.Address, 64), Agent: clip(c.Agent, 200)}
}

// secret is 256 fresh random bits for a cookie, a link or a token, and the digest under which it is kept. No salt or slow hash
// is needed: nobody guesses 256 bits.
func secret(prefix string) (token, digest string) {
	b := make([]byte, 32)
	rand.Read(b)
	token = prefix + base64.RawURLEncoding.EncodeToString(b)
	return token, digestOf(token)
}

func digestOf(token string) string {
	d := sha256.Sum256([]byte(token))
	return hex.EncodeToString(d[:])
}

// normalLogin is a login as it is compared: half width, lower case, without blanks around it.
func normalLogin(s string) string {
	return strings.ToLower(strings.TrimSpace(width.Narrow.String(s)))
}

var (
	loginShape  = regexp.MustCompile(`^[\p{Han}a-z0-9][\p{Han}a-z0-9._@-]{1,63}$`)
	officeShape = regexp.MustCompile(`^[a-z][a-z0-9_]*([./][a-z0-9_]+)*$`)
)

func checkLogin(login string) *refusal.Refusal {
	if loginShape.MatchString(login) {
		return nil
	}
	return refusal.New(refusal.Invalid, "identity.login", lang.T("账号须为 2 至 64 个字母、数字、汉字或 . _ @ -，以字母、数字或汉字开头",
		"A login is 2 to 64 letters, digits, Chinese characters or . _ @ -, beginning with a letter, digit or Chinese character")).At("login")
}

func checkName(name string) *refusal.Refusal {
	n := utf8.RuneCountInString(name)
	if n >= 1 && n <= 50 && utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl) && strings.TrimSpace(name) != "" {
		return nil
	}
	return refusal.New(refusal.Invalid, "identity.name", lang.T("姓名须为 1 至 50 个字", "A name has 1 to 50 characters")).At("name")
}

func clip(s string, runes int) string {
	s = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s), "")
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}

// log writes one line of the security log in the transaction of what it tells about.
func (s *Service) log(tx *store.Tx, e Event) error {
	c := clientOf(tx.Context())
	e.ID, e.At, e.Address, e.Agent = ident.New("sec", tx.Now()), tx.Now(), c.Address, c.Agent
	e.Login, e.Detail = clip(e.Login, 64), clip(e.Detail, 300)
	return insertEvent(tx, e)
}

// Refusals that are used in several places.

func forbidden(role string, zh, en string) *refusal.Refusal {
	return refusal.New(refusal.Forbidden, "identity.forbidden", lang.T(zh, en)).By("权限：" + role)
}

func errNoAccount() *refusal.Refusal {
	return refusal.New(refusal.NotFound, "identity.no_account", lang.T("没有这个账号", "There is no such account"))
}

func errSignIn() *refusal.Refusal {
	return refusal.New(refusal.SignIn, "identity.sign_in", lang.T("请先登录", "Please sign in"))
}

func errSelf() *refusal.Refusal {
	return refusal.New(refusal.Forbidden, "identity.self", lang.T("不能更改自己的权限", "Nobody changes their own rights")).
		Mend(lang.T("请由另一名管理员办理", "Ask another administrator"))
}

func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// seated refuses who is not signed in with a session: a token never administers.
func seated(a Actor) error {
	if a.Anonymous() {
		return errSignIn()
	}
	if a.Token != "" {
		return refusal.New(refusal.Forbidden, "identity.token_admin", lang.T("接口令牌不能管理账号和权限", "A token does not manage accounts and rights"))
	}
	return nil
}

func mustRole(a Actor, role string) error {
	if err := seated(a); err != nil {
		return err
	}
	if a.Has(role) {
		return nil
	}
	title := map[string]lang.Text{RoleSystem: lang.T("系统管理员", "the system administrator"), RoleSecurity: lang.T("安全管理员", "the security administrator"),
		RoleAudit: lang.T("审计管理员", "the audit administrator")}[role]
	return forbidden(role, fmt.Sprintf("此操作须由%s办理", title.ZH), fmt.Sprintf("This is done by %s", title.EN))
}
