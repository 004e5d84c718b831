package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Cost is what one guess of a password costs.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// Strong is the second recommended setting of RFC 9106 §4 (64 MiB, three passes, four lanes): 0.16 s on the two cores it was
// measured on (BenchmarkStrong), so that who stole the table of hashes pays with a graphics card's memory for every guess.
// Cheap takes under a millisecond; it is for tests, whose accounts guard nothing.
var (
	Strong = Cost{Memory: 64 * 1024, Passes: 3, Threads: 4}
	Cheap  = Cost{Memory: 64, Passes: 1, Threads: 1}
)

// hashing limits how many hashes are computed at once: four of the strong ones are 256 MiB. Who waits longer than patience is
// asked to come back, so that a flood of sign-ins fills neither memory nor the queue.
const (
	hashing  = 4
	patience = 5 * time.Second
)

const (
	saltBytes = 16
	keyBytes  = 32
)

// hash makes the PHC string of a password.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key, err := s.derive(ctx, password, salt, s.cost)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, s.cost.Memory, s.cost.Passes, s.cost.Threads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// verify compares a password with a PHC string. An empty string, of an account that is unknown or has no password yet, takes as
// long as a real one and is never right. stale tells that the hash was made at another cost.
func (s *Service) verify(ctx context.Context, phc, password string) (right, stale bool, err error) {
	cost, salt, want, ok := parsePHC(phc)
	if !ok {
		cost, salt, want = s.cost, make([]byte, saltBytes), make([]byte, keyBytes)
	}
	got, err := s.derive(ctx, password, salt, cost)
	if err != nil {
		return false, false, err
	}
	same := subtle.ConstantTimeCompare(got, want) == 1
	return ok && same, cost != s.cost, nil
}

func (s *Service) derive(ctx context.Context, password string, salt []byte, c Cost) ([]byte, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, refusal.New(refusal.Unavailable, "identity.busy", lang.T("同时登录的人太多", "Too many people are signing in at once")).
			Mend(lang.T("请稍后再试", "Try again shortly"))
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Passes, c.Memory, c.Threads, keyBytes), nil
}

func parsePHC(phc string) (c Cost, salt, key []byte, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Threads); err != nil || c.Passes == 0 || c.Threads == 0 {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return c, salt, key, err1 == nil && err2 == nil && len(key) == keyBytes
}

// Length of passwords. The upper end keeps a flood of long passwords from costing more than the hash itself.
const (
	MinPassword = 10
	MaxPassword = 128
)

// common are beginnings that guessing programs try first, in lower case; a password that is one of them with only digits or
// signs added is refused.
var common = []string{"password", "passw0rd", "admin", "administrator", "qwerty", "qwertyuiop", "1q2w3e4r", "1qaz2wsx", "abc", "abcd", "abcdef",
	"iloveyou", "woaini", "woaini1314", "root", "test", "guest", "welcome", "letmein", "shenyang", "zhongguo", "china", "a"}

// CheckPassword applies the rule, in this order, and gives every reason at once:
//  1. at least MinPassword and at most MaxPassword characters;
//  2. no control characters, and no blank at either end;
//  3. at least two of: letters, digits, other signs (a Chinese character counts as a letter);
//  4. at least five different characters;
//  5. neither contains the login nor is a common word with digits or signs around it.
func CheckPassword(password, login string) error {
	var l refusal.List
	add := func(id, zh, en string) {
		l.Add(refusal.New(refusal.Invalid, "identity.password."+id, lang.T(zh, en)).At("password"))
	}
	n := utf8.RuneCountInString(password)
	if n < MinPassword {
		add("short", fmt.Sprintf("密码至少 %d 个字符，现为 %d 个", MinPassword, n), fmt.Sprintf("A password has at least %d characters; this has %d", MinPassword, n))
	}
	if n > MaxPassword {
		add("long", fmt.Sprintf("密码最多 %d 个字符", MaxPassword), fmt.Sprintf("A password has at most %d characters", MaxPassword))
	}
	kinds, different := map[string]bool{}, map[rune]bool{}
	for _, r := range password {
		different[r] = true
		switch {
		case unicode.IsLetter(r):
			kinds["letter"] = true
		case unicode.IsDigit(r):
			kinds["digit"] = true
		default:
			kinds["sign"] = true
		}
	}
	if !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl) || strings.TrimSpace(password) != password {
		add("control", "密码不能含控制字符，首尾不能是空格", "A password holds no control characters and no blank at either end")
	}
	if len(kinds) < 2 {
		add("plain", "密码须含字母、数字、符号中的至少两类", "A password mixes at least two of letters, digits and signs")
	}
	if len(different) < 5 {
		add("repeated", "密码至少含 5 个不同的字符", "A password has at least five different characters")
	}
	low := strings.ToLower(password)
	core := strings.TrimFunc(low, func(r rune) bool { return !unicode.IsLetter(r) })
	guessed := core == ""
	for _, c := range common {
		guessed = guessed || core == c || low == c
	}
	if (login != "" && strings.Contains(low, strings.ToLower(login))) || (guessed && n >= MinPassword) {
		add("guessed", "密码不能包含账号，也不能是常见词加数字", "A password neither contains the login nor is a common word with digits added")
	}
	return l.Err()
}
