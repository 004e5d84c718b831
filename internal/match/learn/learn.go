// Package learn holds the few learning methods that match needs, each small, exact and repeatable: boosted trees (Boost),
// kernel regression (Kernel), and vectors of words from the company they keep (Vectors).
package learn
