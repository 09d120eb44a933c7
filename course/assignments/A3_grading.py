# %% [markdown] lang="en" syllabus=["L3.1.1", "L3.2.1"]
# # A3 · Grading customers
#
# **Grain Ridge Dairy** sells through dealers who buy on credit. On Friday the sales director decides who gets which
# terms next year: how much credit, how many visits, which rebate. You are the analyst, and you have the records of
# 160 dealers.
#
# When you have finished, you can
#
# - apply a grading rule to the letter, its limits included;
# - grade customers by what they buy, what they pay and what they could still buy;
# - show how much of the firm a few customers carry, and which customers cost more than they bring;
# - judge from an experiment what moving service between grades does, and defend a proposal in writing.
#
# You need Lecture 3 and the first steps of pandas: filter, group, sort. Plan three and a half hours; you may stop anywhere.
#
# | | Question | Points | Minutes | Difficulty |
# |---|---|---|---|---|
# | **The rule** | A3.1 Size | 6 | 5 | ★ |
# | | A3.2 Grade on entry | 8 | 20 | ★★ |
# | | A3.3 Three criteria of the scorecard | 12 | 15 | ★★ |
# | | A3.4 Total and class | 10 | 20 | ★★ |
# | **The worth** | A3.5 RFM | 9 | 15 | ★★ |
# | | A3.6 Concentration and pyramid | 8 | 15 | ★ |
# | | A3.7 Profit of each dealer | 3 | 10 | ★ |
# | | A3.8 Whale curve | 6 | 10 | ★★ |
# | | A3.9 Lifetime value | 3 | 5 | ★ |
# | | A3.10 Customer equity | 5 | 15 | ★★ |
# | **The judgement** | A3.11 Room to grow | 4 | 15 | ★★ |
# | | A3.12 Moving service | 6 | 15 | ★★★ |
# | | A3.13 Essay | 20 | 50 | ★★★ |

# %% [markdown] lang="zh" ack="93b798.eb0e0a"
# # A3 · 客户的分级
#
# **谷岭乳业**通过经销商销售，经销商先提货、后付款。本周五，销售总监要定下明年给谁什么条件：信用额度多大、拜访多少次、返利多少。你是公司的分析员，手里有 160 家经销商的记录。
#
# 完成这份作业后，你能够：
#
# - 严格按规则给客户分级，连界限上的情形也不出错；
# - 按客户买了多少、付了多少、还能买多少来分级；
# - 说明少数客户撑起了企业的多大部分，哪些客户的成本高于贡献；
# - 根据实验判断把服务从一级客户移到另一级会怎样，并用文字为自己的建议辩护。
#
# 你需要学过第三讲，并会用 pandas 做筛选、分组和排序。预计用时三个半小时，可以随时停下，以后再接着做。
#
# | | 题目 | 分数 | 分钟 | 难度 |
# |---|---|---|---|---|
# | **规则** | A3.1 规模 | 6 | 5 | ★ |
# | | A3.2 入户定级 | 8 | 20 | ★★ |
# | | A3.3 评分表的三项指标 | 12 | 15 | ★★ |
# | | A3.4 总分与等级 | 10 | 20 | ★★ |
# | **价值** | A3.5 RFM | 9 | 15 | ★★ |
# | | A3.6 集中度与金字塔 | 8 | 15 | ★ |
# | | A3.7 每家经销商的利润 | 3 | 10 | ★ |
# | | A3.8 鲸鱼曲线 | 6 | 10 | ★★ |
# | | A3.9 终身价值 | 3 | 5 | ★ |
# | | A3.10 客户资产 | 5 | 15 | ★★ |
# | **判断** | A3.11 成长空间 | 4 | 15 | ★★ |
# | | A3.12 转移服务 | 6 | 15 | ★★★ |
# | | A3.13 论述题 | 20 | 50 | ★★★ |

# %% [markdown] lang="en"
# ## How to work
#
# Write your answer in place of `pass`, run the cell, then run the check below it. The check tells you at once
# whether your answer has the form that is asked for and whether the examples in the text come out right. Further cases
# are run when your work is graded; each earns its own points, so half an answer earns half.
#
# Later questions use earlier answers: keep the names as they are, and before you hand in choose *Restart Kernel and Run All Cells*.
# Hand in this notebook, nothing else.

# %% [markdown] lang="zh" ack="8569f4.539ea8"
# ## 怎么做
#
# 把答案写在 `pass` 的位置，运行这一格，再运行下面的检验。检验会立刻告诉你：答案的形式对不对，题目中的例子算得对不对。其余的检验在批改时进行，每一项单独计分，所以答对一半就得一半的分。
#
# 后面的题目会用到前面的答案：请保留变量名和函数名。提交之前，请选择“重启内核并运行所有单元格”。只需提交这个笔记本。

# %%
import numpy as np
import pandas as pd

import autograde
from crm_sim import plots, text

text.use(LANGUAGE)
dealers = pd.read_csv("dealers.csv", index_col="dealer")
dealers.head()

# %% [markdown] lang="en"
# One row a dealer, for the year that has just ended. Money is in yuan.
#
# | Column | Meaning |
# |---|---|
# | `months` | months since the first order, counting its own month; records reach back 24 months |
# | `orders`, `active_months` | orders in the year; months of the year with at least one order |
# | `last_order` | month of the last order, 1 to 12 |
# | `sales`, `tonnes` | what was delivered, in yuan and in tonnes |
# | `paid`, `receivable` | what came in during the year; what is still owed at its end |
# | `complaints`, `visits` | months with a complaint; visits by our representatives |
# | `key_sites` | hospitals, schools and stations that the dealer supplies |
# | `market` | dairy sales in the dealer's district, a representative's estimate |
# | `wallet` | all dairy goods that the dealer buys, from whomever, a representative's estimate |
#
# **First commit yourself.** What share of the sales comes from the best fifth of the dealers? How many of the 160 cost the dairy more
# than they bring? Write two numbers before you compute anything. They earn no points; at the end you will meet them again.

# %% [markdown] lang="zh" ack="e26b83.0dc6c1"
# 每行一家经销商，记录刚结束的一年。金额单位为元。
#
# | 列 | 含义 |
# |---|---|
# | `months` | 从首次订货算起的月数（含首月）；记录最多追溯 24 个月 |
# | `orders`、`active_months` | 全年订货次数；有订货的月数 |
# | `last_order` | 最后一次订货的月份，1 到 12 |
# | `sales`、`tonnes` | 全年发货，按金额（元）和按重量（吨） |
# | `paid`、`receivable` | 全年收到的货款；年末仍欠的货款 |
# | `complaints`、`visits` | 有投诉的月数；业务代表拜访的次数 |
# | `key_sites` | 经销商供货的医院、学校和车站数 |
# | `market` | 经销商所在地区的乳品销售额，由业务代表估计 |
# | `wallet` | 经销商向所有供应商采购的乳品总额，由业务代表估计 |
#
# **先做出承诺。**最好的五分之一经销商带来多大比例的销售额？160 家当中，有多少家让公司得不偿失？请在计算之前写下两个数。它们不计分，最后你会再次见到它们。

# %%
my_guess = {"top_fifth": 0.0, "losing": 0}

# %% [markdown] lang="en" syllabus=["L3.2.1", "L3.2.2", "L3.2.3"]
# ## 1 The rule
#
# ### A3.1 Size
#
# The dairy grades by yearly sales. *Large* is above 5 million yuan, *medium* is from 0.5 to 5 million, *small* is below 0.5 million.
#
# Write `size(sales)`. It takes yearly sales in yuan and gives `"large"`, `"medium"` or `"small"`:
# `size(7_200_000)` gives `"large"`, `size(1_000_000)` gives `"medium"`, `size(120_000)` gives `"small"`.
#
# Read the rule as a lawyer would. What does it say of a dealer with sales of exactly 5 million?

# %% [markdown] lang="zh" ack="680bb6.795738"
# ## 1 规则
#
# ### A3.1 规模
#
# 公司按年销售额划分规模：超过 500 万元为大型，50 万元至 500 万元为中型，不足 50 万元为小型。
#
# 请写函数 `size(sales)`，输入年销售额（元），输出 `"large"`（大型）、`"medium"`（中型）或 `"small"`（小型）：`size(7_200_000)` 得 `"large"`，`size(1_000_000)` 得 `"medium"`，`size(120_000)` 得 `"small"`。
#
# 请像律师那样读规则：年销售额恰好 500 万元的经销商属于哪一类？

# %% nbgrader={"grade": false, "grade_id": "A3-1-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def size(sales):
    ### BEGIN SOLUTION
    if sales > 5_000_000:
        return "large"
    return "medium" if sales >= 500_000 else "small"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A3-1", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.1", size)

# %% [markdown] lang="en" syllabus=["L3.1.2", "L3.1.3"]
# ### A3.2 Grade on entry
#
# Every dealer is graded on entry, new ones too, by size, need and credit, and reviewed at fixed intervals. The rule names strength of need and buying
# power but gives no scale; this course chooses one:
#
# - **Need.** The need is *strong* with orders in at least 10 months of the year. Buying power is *high* if an order is worth at least 75,000 yuan on average. Grade `"A"`: both.
#   `"B"`: one of the two. `"C"`: neither.
# - **Credit.** `"risky"`: less than 80% of the year's sales was paid, or more than 3 months' sales are owed at the year's end. `"good"`: at least 95% was paid and at most
#   1 month's sales are owed. `"ordinary"`: everyone else. A month's sales are the year's sales divided by `active_months`.
#
# Make `entry`, a DataFrame with a row for every dealer and the columns `size`, `need` and `credit`.

# %% [markdown] lang="zh" ack="ed426d.3b4175"
# ### A3.2 入户定级
#
# 每家经销商一入户就要定级，新户也不例外；定级依据是规模、需求和信用，并按固定周期复核。规则只说看需求强弱和购买力，没有给出尺度。本课程选定如下尺度：
#
# - **需求。**一年中至少 10 个月有订货，为需求强；平均每次订货至少 75,000 元，为购买力高。两项都有定 `"A"`，只有一项定 `"B"`，都没有定 `"C"`。
# - **信用。**全年付款不足销售额的 80%，或年末欠款超过 3 个月的销售额，定 `"risky"`（有风险）；付款达到销售额的 95% 且欠款不超过 1 个月的销售额，定 `"good"`（良好）；其余定 `"ordinary"`（一般）。一个月的销售额等于全年销售额除以 `active_months`。
#
# 请做出 `entry`：一个 DataFrame，每家经销商一行，列为 `size`、`need` 和 `credit`。

# %% nbgrader={"grade": false, "grade_id": "A3-2-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
entry = None
### BEGIN SOLUTION
strong_need = dealers["active_months"] >= 10
high_power = dealers["sales"] / dealers["orders"] >= 75_000
paid_share = dealers["paid"] / dealers["sales"]
months_owed = dealers["receivable"] / (dealers["sales"] / dealers["active_months"])
entry = pd.DataFrame({
    "size": dealers["sales"].map(size),
    "need": np.select([strong_need & high_power, strong_need | high_power], ["A", "B"], "C"),
    "credit": np.select([(paid_share < 0.8) | (months_owed > 3), (paid_share >= 0.95) & (months_owed <= 1)], ["risky", "good"], "ordinary"),
}, index=dealers.index)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-2", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.2", entry)

# %% [markdown] lang="en"
# ### A3.3 Three criteria of the scorecard
#
# After six to twelve months of business each dealer is scored. Three criteria have a scale:
#
# | Points | Yearly sales | Payment ratio | Receivables at year's end |
# |---|---|---|---|
# | 10 | 10 million yuan or more, or 600 tonnes or more | 100% or more | up to 10,000 yuan |
# | 8 | from 8 to under 10 million | from 80% | up to 200,000 |
# | 6 | from 5 to under 8 million | from 50% | up to 800,000 |
# | 4 | from 1 to under 5 million | from 30% | up to 2 million |
# | 2 | below 1 million | below 30% | above 2 million |
#
# The payment ratio is what was paid in the year over the year's sales.
#
# Write `score(sales, tonnes, paid, receivable)`. It gives a dictionary with the entries `sales`, `payment` and `receivable`.
# For `(12_000_000, 700, 12_000_000, 5_000)` they are 10, 10, 10; for `(3_000_000, 180, 2_550_000, 150_000)` 4, 8, 8;
# for `(600_000, 35, 150_000, 2_500_000)` 2, 2, 2.

# %% [markdown] lang="zh" ack="ef04be.8805cc"
# ### A3.3 评分表的三项指标
#
# 经销商合作满六至十二个月后要打分。三项指标有现成的尺度：
#
# | 得分 | 年销售额 | 回款率 | 年末应收账款 |
# |---|---|---|---|
# | 10 | 1,000 万元及以上，或 600 吨及以上 | 100% 及以上 | 不超过 1 万元 |
# | 8 | 800 万元及以上，不足 1,000 万元 | 80% 及以上 | 不超过 20 万元 |
# | 6 | 500 万元及以上，不足 800 万元 | 50% 及以上 | 不超过 80 万元 |
# | 4 | 100 万元及以上，不足 500 万元 | 30% 及以上 | 不超过 200 万元 |
# | 2 | 不足 100 万元 | 不足 30% | 超过 200 万元 |
#
# 回款率等于全年付款除以全年销售额。
#
# 请写函数 `score(sales, tonnes, paid, receivable)`，输出一个字典，含有条目 `sales`、`payment` 和 `receivable`。输入 `(12_000_000, 700, 12_000_000, 5_000)` 得 10、10、10；输入 `(3_000_000, 180, 2_550_000, 150_000)` 得 4、8、8；输入 `(600_000, 35, 150_000, 2_500_000)` 得 2、2、2。

# %% nbgrader={"grade": false, "grade_id": "A3-3-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def score(sales, tonnes, paid, receivable):
    ### BEGIN SOLUTION
    def points_from(value, limits):
        return next((points for limit, points in limits if value >= limit), 2)

    def points_up_to(value, limits):
        return next((points for limit, points in limits if value <= limit), 2)

    by_sales = points_from(sales, [(10_000_000, 10), (8_000_000, 8), (5_000_000, 6), (1_000_000, 4)])
    return {
        "sales": 10 if tonnes >= 600 else by_sales,
        "payment": points_from(paid / sales, [(1.0, 10), (0.8, 8), (0.5, 6), (0.3, 4)]),
        "receivable": points_up_to(receivable, [(10_000, 10), (200_000, 8), (800_000, 6), (2_000_000, 4)]),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A3-3", "locked": true, "points": 12, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.3", score)

# %% [markdown] lang="en"
# ### A3.4 Total and class
#
# The scorecard also names *market share* and *strategic influence*, without a scale, and leaves the limits of the classes open. Those below are this course's choice; another
# firm would choose others.
#
# | Points | Market share | Strategic influence |
# |---|---|---|
# | 10 | 30% or more | 5 key sites or more |
# | 8 | from 20% | 3 or 4 |
# | 6 | from 10% | 2 |
# | 4 | from 5% | 1 |
# | 2 | below 5% | none |
#
# Market share is `sales` over `market`; key sites stand in `key_sites`. The total of the five criteria is at most 50. Class `"A"`: 36 points or more. `"B"`: from 30. `"C"`: below 30.
# A dealer with less than six months of business is not scored yet.
#
# Make `scorecard`, a DataFrame with a row for every dealer who is scored and the columns `total` and `grade`.

# %% [markdown] lang="zh" ack="64187e.8dfde7"
# ### A3.4 总分与等级
#
# 评分表还列出了市场份额和战略影响力，但没有给出尺度，等级的界限也没有规定。下面的尺度由本课程选定，别的企业会有别的选择。
#
# | 得分 | 市场份额 | 战略影响力 |
# |---|---|---|
# | 10 | 30% 及以上 | 5 个及以上重点网点 |
# | 8 | 20% 及以上 | 3 或 4 个 |
# | 6 | 10% 及以上 | 2 个 |
# | 4 | 5% 及以上 | 1 个 |
# | 2 | 不足 5% | 没有 |
#
# 市场份额等于 `sales` 除以 `market`，重点网点数见 `key_sites`。五项合计最高 50 分。36 分及以上为 `"A"` 级，30 分及以上为 `"B"` 级，不足 30 分为 `"C"` 级。合作不满六个月的经销商暂不打分。
#
# 请做出 `scorecard`：一个 DataFrame，每家已打分的经销商一行，列为 `total`（总分）和 `grade`（等级）。

# %% nbgrader={"grade": false, "grade_id": "A3-4-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
scorecard = None
### BEGIN SOLUTION
scored = dealers[dealers["months"] >= 6]
three = pd.DataFrame([score(*row) for row in scored[["sales", "tonnes", "paid", "receivable"]].to_numpy()], index=scored.index)
market_share = scored["sales"] / scored["market"]
by_share = np.select([market_share >= 0.3, market_share >= 0.2, market_share >= 0.1, market_share >= 0.05], [10, 8, 6, 4], 2)
by_sites = np.select([scored["key_sites"] >= 5, scored["key_sites"] >= 3, scored["key_sites"] == 2, scored["key_sites"] == 1], [10, 8, 6, 4], 2)
total = three.sum(axis=1) + by_share + by_sites
scorecard = pd.DataFrame({"total": total, "grade": np.select([total >= 36, total >= 30], ["A", "B"], "C")}, index=scored.index)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-4", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.4", scorecard)

# %% [markdown] lang="en" syllabus=["L3.1.1"]
# ## 2 The worth
#
# ### A3.5 RFM
#
# Grade the 160 dealers by recency (`last_order`), purchase frequency (`orders`) and monetary value (`sales`), each in fifths: 5 for the best fifth, 1 for the worst.
# Dealers with the same value get the same grade: take each dealer's rank from the bottom as a share of all dealers (equal values share their mean rank), multiply by 5 and
# round up.
#
# Make `rfm`, a DataFrame with a row for every dealer and the columns `r`, `f` and `m`. Then look at `rfm["r"].value_counts()`: what does recency tell you about customers who order every month?

# %% [markdown] lang="zh" ack="04e10a.e04e76"
# ## 2 价值
#
# ### A3.5 RFM
#
# 请按最近一次消费（`last_order`）、消费频率（`orders`）和消费金额（`sales`）给 160 家经销商各分五等：最好的五分之一得 5，最差的五分之一得 1。数值相同的经销商等级相同：先求每家从低到高的名次占全部的比例（数值相同者取平均名次），乘以 5，再向上取整。
#
# 请做出 `rfm`：一个 DataFrame，每家经销商一行，列为 `r`、`f` 和 `m`。然后看看 `rfm["r"].value_counts()`：对于月月订货的客户，“最近一次消费”能告诉你什么？

# %% nbgrader={"grade": false, "grade_id": "A3-5-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
rfm = None
### BEGIN SOLUTION
def fifth(column):
    return np.ceil(column.rank(pct=True) * 5).astype(int)


rfm = pd.DataFrame({"r": fifth(dealers["last_order"]), "f": fifth(dealers["orders"]), "m": fifth(dealers["sales"])})
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-5", "locked": true, "points": 9, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.5", rfm)

# %% [markdown] lang="en" syllabus=["L3.1.1"]
# ### A3.6 Concentration and pyramid
#
# "A fifth of the customers brings four fifths of the business." Rank the dealers by `sales`. Make `concentration`, a dictionary of shares from 0 to 1:
#
# - `top_fifth`: the share of all sales that the best fifth brings;
# - `dealers_for_80`: the smallest share of the dealers that together bring at least 80% of the sales;
# - `platinum`, `gold`, `iron`, `lead`: the share of the sales that each layer of the value pyramid brings. The layers hold the best 5% of the dealers, the next 15%, the next 30%, and the
#   other half. (The names are those of Zeithaml, Rust & Lemon 2001; the sizes are ours.)
#
# For comparison: in published studies the best fifth brings about 60 to 73% of the sales (Kim, Singh & Winer 2017; McCarthy & Winer 2019; Sharp, Romaniuk & Graham 2019), and the
# figure depends on how long one looks.

# %% [markdown] lang="zh" ack="af808c.9f72a1"
# ### A3.6 集中度与金字塔
#
# 人们常说：“五分之一的客户带来五分之四的生意。”请按 `sales` 给经销商排序，做出 `concentration`：一个字典，各项都是 0 到 1 之间的比例。
#
# - `top_fifth`：最好的五分之一经销商带来的销售额占全部的比例；
# - `dealers_for_80`：至少带来 80% 销售额的最少经销商占全部的比例；
# - `platinum`、`gold`、`iron`、`lead`：价值金字塔各层（铂金、黄金、铁、铅）带来的销售额占全部的比例。各层依次为最好的 5%、其次的 15%、再次的 30% 和余下的一半。（层次的名称来自 Zeithaml, Rust & Lemon 2001，大小由本课程选定。）
#
# 供你比较：在已发表的研究中，最好的五分之一客户大约带来 60% 到 73% 的销售额（Kim, Singh & Winer 2017；McCarthy & Winer 2019；Sharp, Romaniuk & Graham 2019），而且这个数字取决于统计多长时间。

# %% nbgrader={"grade": false, "grade_id": "A3-6-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
concentration = None
### BEGIN SOLUTION
reached = dealers["sales"].sort_values(ascending=False).cumsum() / dealers["sales"].sum()
after_platinum, after_gold, after_iron = reached.iloc[8 - 1], reached.iloc[32 - 1], reached.iloc[80 - 1]
concentration = {
    "top_fifth": after_gold,
    "dealers_for_80": ((reached < 0.8).sum() + 1) / len(dealers),
    "platinum": after_platinum,
    "gold": after_gold - after_platinum,
    "iron": after_iron - after_gold,
    "lead": 1 - after_iron,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-6", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.6", concentration)

# %% [markdown] lang="en" syllabus=["L3.1.1", "L3.2.3"]
# ### A3.7 Profit of each dealer
#
# Sales are not profit. The goods leave a margin of 10% of sales. To serve a dealer costs 2,000 yuan an order (desk and lorry), 1,500 yuan a visit and 3,000 yuan a month with a complaint;
# and what is owed at the year's end costs 8% of it, for interest and collection.
#
# Make `profit`, the profit of every dealer in yuan: a Series with the dealers' numbers as its index.

# %% [markdown] lang="zh" ack="732181.664190"
# ### A3.7 每家经销商的利润
#
# 销售额不是利润。货物的毛利为销售额的 10%。服务一家经销商的成本是：每次订货 2,000 元（订单处理和运输），每次拜访 1,500 元，每个有投诉的月份 3,000 元；此外，年末欠款的 8% 花在利息和催收上。
#
# 请做出 `profit`，即每家经销商的利润（元）：一个以经销商编号为索引的 Series。

# %% nbgrader={"grade": false, "grade_id": "A3-7-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
profit = None
### BEGIN SOLUTION
profit = (0.10 * dealers["sales"] - 2_000 * dealers["orders"] - 1_500 * dealers["visits"] - 3_000 * dealers["complaints"]
          - 0.08 * dealers["receivable"])
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-7", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.7", profit)

# %% [markdown] lang="en" syllabus=["L3.1.2"]
# ### A3.8 Whale curve
#
# Rank the dealers by profit, the most profitable first, and add up. The curve climbs above 100% of the total and comes back down: that is the whale. Make `whale`, a dictionary:
#
# - `losing`: how many dealers cost more than they bring;
# - `peak`: the highest point of the curve as a share of the total profit (1.2 means 120%);
# - `top_fifth`: the share of the total profit that the best fifth brings, ranked by profit.

# %% [markdown] lang="zh" ack="c2594a.42b74f"
# ### A3.8 鲸鱼曲线
#
# 请把经销商按利润从高到低排列，逐家累计。曲线先升到总利润的 100% 以上，再落回来，形如鲸背，故名鲸鱼曲线。请做出 `whale`，一个字典：
#
# - `losing`：有多少家经销商让公司得不偿失；
# - `peak`：曲线的最高点相当于总利润的多少（1.2 表示 120%）；
# - `top_fifth`：按利润排名，最好的五分之一带来的利润占总利润的比例。

# %% nbgrader={"grade": false, "grade_id": "A3-8-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
whale = None
### BEGIN SOLUTION
climbed = profit.sort_values(ascending=False).cumsum() / profit.sum()
whale = {"losing": (profit < 0).sum(), "peak": climbed.max(), "top_fifth": climbed.iloc[32 - 1]}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-8", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.8", whale)

# %% [markdown] lang="en"
# See the whale. Then doubt it: the costs of the order desk and of the lorries are shared out by a rule of ours. If you dropped every dealer below zero, which of these costs would really go?

# %% [markdown] lang="zh" ack="d981cb.8377f0"
# 看看这条鲸鱼，然后怀疑它：订单处理和运输的成本是按我们自定的规则分摊的。假如把低于零的经销商全部放弃，其中哪些成本真的会消失？

# %%
if profit is not None:
    ranked = pd.Series(profit).sort_values(ascending=False)
    curve = pd.DataFrame({"whale": 100 * ranked.cumsum() / ranked.sum()}).set_index(100 * np.arange(1, len(ranked) + 1) / len(ranked))
    display(plots.lines(curve, title="a3.plot.whale", x="a3.plot.dealers", y="a3.plot.profit", names={"whale": "a3.plot.curve"}))

# %% [markdown] lang="en" syllabus=["L3.1.1"]
# ### A3.9 Lifetime value
#
# A customer brings the margin $m$ at the end of each year, is kept from year to year with probability $r$, and money is discounted at the rate $i$. The first margin comes after one chance of leaving. Then
# customer lifetime value is
#
# $$\mathrm{CLV} = m \, \frac{r}{1 + i - r}$$
#
# Write `clv(margin, retention, discount)`: `clv(100, 0.8, 0.12)` gives 250.

# %% [markdown] lang="zh" ack="560161.cb0613"
# ### A3.9 终身价值
#
# 客户每年年末带来毛利 $m$，每年以概率 $r$ 留下来，折现率为 $i$。收到第一笔毛利之前，客户已经有过一次离开的机会。于是客户终身价值为
#
# $$\mathrm{CLV} = m \, \frac{r}{1 + i - r}$$
#
# 请写函数 `clv(margin, retention, discount)`：`clv(100, 0.8, 0.12)` 得 250。

# %% nbgrader={"grade": false, "grade_id": "A3-9-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def clv(margin, retention, discount):
    ### BEGIN SOLUTION
    return margin * retention / (1 + discount - retention)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A3-9", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.9", clv)

# %% [markdown] lang="en" syllabus=["L3.1.1", "L3.1.2"]
# ### A3.10 Customer equity
#
# Customer equity is the sum of the lifetime values of all customers. Take each dealer's profit of the year as the margin, a discount rate of 12%, and these yearly retention rates: class A 95%, B 88%, C 75%, not yet
# scored 70%. Dealers who lose money count too, with their negative value.
#
# Make `equity`, a dictionary:
#
# - `total`: the dairy's customer equity in yuan;
# - `A`: the part of it that lies in class A, in yuan;
# - `retention_gain`: by what share the total grows if every retention rate is 1% better (95% becomes 95.95%);
# - `margin_gain`: by what share the total grows if every margin is 1% better.
#
# The gap between the last two is what people quote when they say that retention is worth more than margin. What does the comparison leave out?

# %% [markdown] lang="zh" ack="f04ab4.bfe596"
# ### A3.10 客户资产
#
# 客户资产是全部客户终身价值之和。请以每家经销商本年的利润为毛利，折现率取 12%，年保留率取：A 级 95%，B 级 88%，C 级 75%，尚未打分的 70%。亏损的经销商也要计入，其价值为负。
#
# 请做出 `equity`，一个字典：
#
# - `total`：公司的客户资产（元）；
# - `A`：其中属于 A 级的部分（元）；
# - `retention_gain`：若每个保留率都提高 1%（95% 变为 95.95%），总额增长的比例；
# - `margin_gain`：若每笔毛利都提高 1%，总额增长的比例。
#
# 人们说“留住客户比提高毛利更值钱”，引用的正是后两者之差。这样比较，漏掉了什么？

# %% nbgrader={"grade": false, "grade_id": "A3-10-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
equity = None
### BEGIN SOLUTION
grade = scorecard["grade"].reindex(dealers.index, fill_value="new")
retention = grade.map({"A": 0.95, "B": 0.88, "C": 0.75, "new": 0.70})
value = clv(profit, retention, 0.12)
equity = {
    "total": value.sum(),
    "A": value[grade == "A"].sum(),
    "retention_gain": clv(profit, retention * 1.01, 0.12).sum() / value.sum() - 1,
    "margin_gain": clv(profit * 1.01, retention, 0.12).sum() / value.sum() - 1,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-10", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.10", equity)

# %% [markdown] lang="en" syllabus=["L3.2.3", "L3.3.2", "L3.3.3"]
# ## 3 The judgement
#
# ### A3.11 Room to grow
#
# A grade by past sales does not see a small dealer who buys most of his goods elsewhere. Share of wallet does. Among the dealers of class C whose credit is not `"risky"`, find the ten with the most room to grow: `wallet` less `sales`, in yuan.
#
# Make `candidates`, the list of their ten numbers, the one with the most room first.

# %% [markdown] lang="zh" ack="63cc63.e54053"
# ## 3 判断
#
# ### A3.11 成长空间
#
# 只按过去的销售额分级，就看不见这样的小经销商：他大部分的货是从别家进的。看钱包份额（share of wallet）就能看见。请在信用不属于 `"risky"` 的 C 级经销商中，找出成长空间最大的十家。成长空间等于 `wallet` 减去 `sales`，以元计。
#
# 请做出 `candidates`：这十家经销商编号的列表，空间最大的排在最前。

# %% nbgrader={"grade": false, "grade_id": "A3-11-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
candidates = None
### BEGIN SOLUTION
in_c = scorecard.index[scorecard["grade"] == "C"]
safe = dealers.loc[in_c][entry.loc[in_c, "credit"] != "risky"]
candidates = (safe["wallet"] - safe["sales"]).nlargest(10).index.tolist()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-11", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.11", candidates)

# %% [markdown] lang="en" syllabus=["L3.1.2", "L3.3.1", "L3.3.3"]
# ### A3.12 Moving service
#
# Should the dairy take service from one grade and give it to another, for the same money? Nobody has tried. So the dairy's market was simulated: the same dealers, with the same luck, once as today and once with service moved. Grade A here is the fifth with the highest sales,
# C the lower half, B those between. In the exhibit `C_to_A` means that C gives and A gets. It shows what moving changes, for the average dealer over two years: `sales` in yuan, and `lost`, the share of dealers who leave. `low` and `high` bound the 95% confidence interval over
# ten replications.

# %% [markdown] lang="zh" ack="861d79.e7d5cb"
# ### A3.12 转移服务
#
# 在花费不变的前提下，公司该不该把服务从一级经销商移给另一级？没有人试过。于是我们模拟了这家公司的市场：同样的经销商、同样的运气，一次维持现状，一次转移服务。这里 A 级是销售额最高的五分之一，C 级是较低的一半，B 级居中。在下表中，`C_to_A` 指 C 级让出、A 级得到。表中列出转移带来的变化，按平均每家经销商、两年合计：`sales` 为销售额（元），`lost` 为流失的经销商所占的比例。`low` 和 `high` 是十次重复运行得到的 95% 置信区间的两端。

# %%
shifts = pd.read_csv("shifts.csv")
shifts

# %% [markdown] lang="en"
# Judge every row from the dairy's point of view: is it `"better"` or `"worse"` than today, or is it `"open"` because the interval holds zero?
#
# Make `verdicts`, a list of texts in the order of the rows.

# %% [markdown] lang="zh" ack="63bf23.d701b7"
# 请站在公司的立场判断每一行：与现状相比是 `"better"`（更好）、`"worse"`（更差），还是因为区间包含零而为 `"open"`（尚无定论）？
#
# 请做出 `verdicts`：一个文本列表，顺序与表中各行相同。

# %% nbgrader={"grade": false, "grade_id": "A3-12-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
verdicts = None
### BEGIN SOLUTION
towards_good = np.where(shifts["measure"] == "lost", -1, 1)
decided = (shifts["low"] > 0) | (shifts["high"] < 0)
verdicts = np.where(decided, np.where(towards_good * shifts["difference"] > 0, "better", "worse"), "open").tolist()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "A3-12", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
autograde.check("A3.12", verdicts)

# %% [markdown] lang="en"
# Back to your guess from the beginning. Where were you furthest out, and why?

# %% [markdown] lang="zh" ack="cdf792.618d68"
# 回到你开头的猜测。哪一个差得最远？为什么？

# %%
if concentration and whale:
    display(pd.DataFrame({"guess": my_guess, "result": {"top_fifth": concentration["top_fifth"], "losing": whale["losing"]}}))

# %% [markdown] lang="en" syllabus=["L3.1.2", "L3.3.1", "L3.3.2", "L3.3.3"]
# ### A3.13 Essay
#
# The sales director has written to you:
#
# > "Your whale curve settles it. On Friday I strike every class C dealer who lost us money, and the visits this saves go to class A. Tell me if anything speaks against it. One page."
#
# Write the page: 250 to 350 words. Say what you would do, with whom, and in which order. Use at least three numbers of your own from this notebook, and the exhibit. Say what your numbers cannot show. Say what you would watch after
# Friday, and what would make you change course.
#
# It is marked by these four lines, 5 points each:
#
# | | Full (5) | Half (2.5) | None (0) |
# |---|---|---|---|
# | **Decision** | A clear proposal that tells groups of dealers apart (for instance: raise, serve more cheaply, let go) and says who belongs to each | A clear answer, but all class C dealers are treated alike | No decision, or the director's repeated |
# | **Evidence** | At least three own numbers and the exhibit, read correctly, each tied to a step of the proposal | Numbers are quoted but carry no argument, or one is misread | Assertions without numbers |
# | **Doubt** | Names at least two limits that matter here, such as costs shared out by a rule, a single year, estimated wallets, luck, and says how each could overturn the result | One limit, or several without consequence | None, or only "more data are needed" |
# | **After Friday** | A measure, a date and a threshold at which the course is changed | One or two of the three | Nothing |

# %% [markdown] lang="zh" ack="b9a554.93e26e"
# ### A3.13 论述题
#
# 销售总监给你写来一封信：
#
# > “你的鲸鱼曲线说明了一切。周五我就把亏损的 C 级经销商全部除名，省下的拜访都给 A 级。有什么反对理由，请告诉我。只写一页。”
#
# 请写这一页，400 至 600 字。写明你会怎么做、对哪些经销商、按什么顺序。至少用上三个你自己在本笔记本中算出的数，并用上 A3.12 的实验结果。写明你的数字说明不了什么。写明周五之后你会观察什么，出现什么情况你会改变做法。
#
# 按下面四项评分，每项 5 分：
#
# | | 满分（5） | 一半（2.5） | 零分（0） |
# |---|---|---|---|
# | **决策** | 建议明确，把经销商分成几类区别对待（例如：扶持、低成本服务、放手），并写明各类有谁 | 答复明确，但对 C 级一概而论 | 没有决策，或只是重复总监的话 |
# | **证据** | 至少三个自己的数，加上实验结果，解读正确，每个都支撑建议中的一步 | 引用了数字但没有用来论证，或有一处误读 | 只有断言，没有数字 |
# | **存疑** | 至少指出两处在这里要紧的局限，如按规则分摊的成本、只有一年、估计的钱包、运气，并说明各自怎样可能推翻结论 | 只有一处，或有几处但没有说明后果 | 没有，或只说“需要更多数据” |
# | **周五之后** | 有指标、有日期、有改变做法的界限 | 三者中有一两项 | 没有 |

# %% [markdown] lang="en" nbgrader={"grade": true, "grade_id": "A3-13", "locked": false, "points": 20, "schema_version": 3, "solution": true, "task": false}
# I would not strike the list on Friday. I would split it in three.
#
# **Raise.** Some of the losing C dealers buy most of their goods elsewhere; the ten of A3.11 head that list. They place small orders; they are not small customers. They get an offer to order less often and more, and their visits stay until June.
#
# **Serve more cheaply.** Most of the others lose less than their visits cost. Two calls instead of most visits, a minimum order, and they break even without leaving. The whale curve says how much is at stake: the difference between its peak and 100%.
#
# **Let go.** Those with risky credit, little room and two losing quarters in a row, by raising the minimum order rather than by a letter.
#
# The freed visits go to class A only in part. The exhibit supports moving service from C to A for sales, but look at the row on dealers lost before calling it free; and it moved quality for a whole half of the dealers, not for your list.
#
# What my numbers cannot show. The order desk and the lorries are shared out by a rule: strike forty dealers and most of that cost stays, so the whale shrinks less than it seems. It is one year, and part of the losers had bad luck; some of last year's top fifth are not in this year's. Wallets are our representatives' estimates.
#
# After Friday I watch, each quarter, the profit of the three groups against a third of the list that we leave alone. If on 30 June the group served more cheaply has lost more than 10% more dealers than that third, I stop.

# %% [markdown] lang="zh" ack="12be4d.703117"
# 周五我不会把名单上的经销商除名，而会把他们分成三类。
#
# **扶持。**亏损的 C 级经销商中，有些大部分的货是从别家进的，A3.11 的十家排在最前。他们是小订单，不是小客户。建议他们减少次数、加大每单的量，拜访保留到六月。
#
# **低成本服务。**其余多数的亏损额小于拜访的花费。用两次电话代替大部分拜访，设最低订货量，不必离开就能保本。鲸鱼曲线说明了这里有多大得失：峰值与 100% 之差。
#
# **放手。**信用有风险、空间小、连续两个季度亏损的，用提高最低订货量的办法，而不是发一封除名信。
#
# 省下的拜访只把一部分给 A 级。实验支持为了销售额把服务从 C 级移到 A 级，但在称之为“白得”之前，请先看流失那一行；而且实验移动的是整整一半经销商的服务，不是你的名单。
#
# 我的数字说明不了的：订单处理和运输的成本是按规则分摊的，除名四十家，这些成本大部分还在，所以实际的改善比曲线显示的小。只有一年的数据，亏损者中有一部分只是运气差；去年的前五分之一今年也有不少落榜。钱包是业务代表的估计。
#
# 周五之后，我每个季度比较三类经销商的利润，并留下名单的三分之一不作变动，用来对照。到 6 月 30 日，若低成本服务一类流失的经销商比对照多出 10% 以上，我就停下来。
