# %% [markdown] lang="en" id="opening"
# # Customer satisfaction
#
# A hotel group asks its guests, and about 85% are satisfied. Yet a quarter of its guests leave every year. This lecture shows how both can be true, and what to do about it.
#
# After this lecture you can
#
# 1. trace one customer's satisfaction back to an expectation and an experience;
# 2. read a satisfaction survey: say who did not answer, and how many answers a difference needs;
# 3. test a claim about satisfaction and staying, with and without choice;
# 4. weigh a promise: what it draws now against what it costs later;
# 5. choose between two improvements of equal cost, and name the assumption your choice rests on.
#
# | Part | Minutes |
# |---|---|
# | A decision first | 5 |
# | Concept and meaning | 35 |
# | What drives it | 15 |
# | How to satisfy customers | 25 |
# | Your result, recap, self-check | 10 |
#
# You need no programming. Run each cell with Shift+Enter, and change a number where you are asked to. Group and guests are simulated.

# %% [markdown] lang="zh" ack="ee7a08.23bf49"
# # 客户满意
#
# 一家酒店集团做调查，约 85% 的客人满意；可是每年仍有四分之一的客人离开。这一讲说明两件事为什么可以同时成立，以及该怎么办。
#
# 学完这一讲，你能够
#
# 1. 从期望与体验出发，说清一位客户的满意（satisfaction）从何而来；
# 2. 读懂满意度调查（satisfaction survey）：谁没有回答，要分辨一个差异需要多少份回答；
# 3. 检验一个关于满意与去留的说法，分有选择和无选择两种市场；
# 4. 权衡一个承诺：眼前招来多少客人，日后付出多少代价；
# 5. 在两项花费相同的改进之间作出选择，并说出这个选择依赖哪个假设。
#
# | 环节 | 分钟 |
# |---|---|
# | 先作决定 | 5 |
# | 概念与意义 | 35 |
# | 影响因素 | 15 |
# | 如何让客户满意 | 25 |
# | 你的结果、小结、自测 | 10 |
#
# 不需要会编程。用 Shift+Enter 逐格运行，需要时改一个数字。酒店集团和客人都是模拟出来的。

# %% tags=["setup"]
import inspect
import numpy as np
import pandas as pd
import crm_sim as crm
from IPython.display import Markdown, display
from crm_sim import analysis, plots, text
from crm_sim.customer.satisfaction import encounter_satisfaction
from crm_sim.firm.accounts import service_cost
from crm_sim.lab.knobs import knobs
text.use(LANGUAGE)
say = text.say

# %% [markdown] lang="en" id="decision"
# ## A decision first
#
# The group lives on frequent guests, who stay about once a month. The board allows 10% more for service, to be spent on one thing.
#
# - **A. Raise the mean**: better rooms and breakfasts for everybody.
# - **B. Cut the swings**: the same standard in every house and on every shift. Fewer bad stays, and fewer brilliant ones.
# - **C. Neither**: keep the money.
#
# Choose. And guess: of a hundred guests, how many fewer will leave in a year thanks to the better of A and B? Put letter and number into the next cell before you read on. At the end your guess stands beside the result.

# %% [markdown] lang="zh" ack="abf10c.72d9f0"
# ## 先作决定
#
# 集团靠常客生存，他们大约每月入住一次。董事会同意把服务费用增加 10%，但只能用在一件事上。
#
# - **A 提高均值**：人人都享受更好的客房和早餐。
# - **B 减小波动**：每家店、每个班次同一标准。糟糕的入住少了，惊喜的入住也少了。
# - **C 都不做**：把钱留下。
#
# 请选一项，再猜一个数：A 与 B 中较好的那一项，能使每百位客人一年里少走几位？先把字母和数字填进下一格，再往下读。到最后，你的猜测会与结果放在一起。

# %% id="commitment"
my_choice = "B"
my_guess = 5.0
Markdown(say("l5.commitment", choice=my_choice, guess=my_guess))

# %%
hotel = crm.load("hotel")
run = crm.simulate(hotel, customers=20_000, months=36, seed=5)
panel = run.panel()
survey = analysis.instruments(panel)
Markdown(say("l5.today", csat=survey["csat"], lost=analysis.lost_a_year(run.kpis)))

# %% [markdown] lang="en" id="concept" syllabus=["L5.1.1"]
# ## Concept and meaning
#
# ### What satisfaction is
#
# *Same hotel, same room: why is one guest content and the next one not?*
#
# Customer satisfaction comes from comparing. Before the stay a guest holds an **expectation**; from the stay she takes a **perceived performance**; the gap is **expectation disconfirmation**, positive when the stay beats the expectation (Oliver 1980). Performance and gap make her satisfaction with this one encounter. **Cumulative satisfaction** is what remains of all encounters: an anchor that each of them moves, less so the longer the relationship (Bolton 1998).
#
# Here is a guest who left.

# %% [markdown] lang="zh" ack="739221.7d9cd8"
# ## 概念与意义
#
# ### 客户满意的概念
#
# *同一家酒店，同样的客房，为什么这位客人满意，那位却不满意？*
#
# 客户满意（customer satisfaction）来自比较。入住之前，客人有一个**期望**（expectation）；入住之中，她得到**感知绩效**（perceived performance）；两者之差就是**期望不一致**（expectation disconfirmation），好于期望为正，不如期望为负（Oliver 1980）。绩效和差距合在一起，形成她对这一次接触的满意。**累积满意**（cumulative satisfaction）是历次接触留下的总账：它像一只锚，每次接触拖动一点，关系越久，拖动越小（Bolton 1998）。
#
# 下面是一位离开了的客人。

# %% syllabus=["L5.1.1"]
left = panel[(panel["lost_cause"] == "service") & (panel["failure"] == 2) & panel["month"].between(18, 30)]
guest = int(left["customer"].iloc[0])
trace = run.trace(guest)
trace.plot()

# %% syllabus=["L5.1.1"]
last = trace[trace["lost"] == 1].iloc[-1]
before = trace.loc[last.name - 1, "satisfaction"]
Markdown(say("l5.story", guest=guest, month=last.name, expected=last["expectation"], met=last["experience"],
             encounter=last["encounter_satisfaction"], before=before, after=last["satisfaction"]))

# %% [markdown] lang="en"
# **A doubt.** We picked a guest with a sad end, and a picked story proves nothing. Besides, the group never sees these lines: its records hold stays, bills, complaints and a few survey answers.
#
# **Do.** Find a very good stay. What does the dotted line do after it, and what does that mean for the next stay? Then change `iloc[0]` to `iloc[1]`: another guest.

# %% [markdown] lang="zh" ack="bb6909.09dd2f"
# **存疑**：我们专挑了一位结局不好的客人，挑出来的故事什么也证明不了。何况集团根本看不到这些曲线：它的记录里只有入住、账单、投诉和零星的调查回答。
#
# **动手**：找一次特别好的入住。此后虚线怎样变化？这对下一次入住意味着什么？再把 `iloc[0]` 改成 `iloc[1]`，换一位客人看看。

# %% [markdown] lang="en" id="glass-box" syllabus=["L5.1.1", "L5.3.2"]
# ### Glass box: the kink
#
# This function made her satisfaction fall.

# %% [markdown] lang="zh" ack="4a50d3.5fbe3e"
# ### 打开黑箱：那个折点
#
# 让她的满意下降的，就是下面这个函数。

# %% syllabus=["L5.1.1"]
print(inspect.getsource(encounter_satisfaction.py_func))

# %% [markdown] lang="en"
# With $P$ for perceived performance, $V$ for perceived value, $v$ for its weight and $E$ for expectation:
#
# $$S = (1-v)P + vV + b^{+}\max(P-E,\,0) - b^{-}\max(E-P,\,0)$$
#
# How sure? Anderson & Sullivan 1993 (22,300 customers) state the form, that expectation has no direct effect, and that falling short weighs more. That it weighs *double*, $b^{-}=2\,b^{+}$, is our assumption: loss aversion suggests 2.25, while Streukens & de Ruyter 2004, in three retail services, explain no more with unequal weights than with equal ones. Turn the knob:

# %% [markdown] lang="zh" ack="8efad0.45ee20"
# 记 $P$ 为感知绩效，$V$ 为感知价值（perceived value），$v$ 为价值的权重，$E$ 为期望：
#
# $$S = (1-v)P + vV + b^{+}\max(P-E,\,0) - b^{-}\max(E-P,\,0)$$
#
# 有多可靠？Anderson & Sullivan 1993（22,300 位客户）给出了这个形式，并且指出：期望没有直接影响，“不足”比“超出”分量更重。至于恰好*加倍*，即 $b^{-}=2\,b^{+}$，则是我们的假设：损失厌恶（loss aversion）的研究提示 2.25；而 Streukens & de Ruyter 2004 在三类零售服务中发现，权重不等并不比权重相等解释得更多。转动旋钮试试：

# %% syllabus=["L5.1.1", "L5.3.2"]
weights = {"less": 0.25, "usual": 0.5, "more": 1.0}
performance = np.linspace(0.4, 1.0, 61)
kink = {name: [encounter_satisfaction(p, p, 0.75, 0.25, 0.25, weight) for p in performance] for name, weight in weights.items()}
kink = pd.DataFrame(kink, index=performance)
plots.lines(analysis.named(kink, "l5.kink"), title="l5.kink.title", x="l5.kink.x", y="l5.kink.y")

# %% [markdown] lang="en"
# **What we see.** To the right of 0.75, the expectation, the three lines are one; to the left they fan out. The weight matters only to guests who were let down.

# %% [markdown] lang="zh" ack="28b936.005ca2"
# **我们看到**：在期望 0.75 的右边，三条线重合；在左边，三条线散开。这个权重只对失望的客人起作用。

# %% [markdown] self_check="L5-01"

# %% [markdown] lang="en" id="meaning" syllabus=["L5.1.2"]
# ### Why it matters
#
# *Should we turn satisfied guests into very satisfied ones?*
#
# Satisfied customers are thought to return, spend more and recommend. A popular claim goes further (K20 in our ledger): **"Satisfied is not enough: only the very satisfied stay where there is choice."** It goes back to Jones & Sasser 1995: at Xerox, merely satisfied customers were six times less likely to buy again than totally satisfied ones, and competition shaped the curve. We try three markets: captive guests, our hotel, and a rival at every door. From one to the next, satisfaction weighs more and leaving is commoner. Sketch the curves before you run the cell.

# %% [markdown] lang="zh" ack="7b0ad1.4fdebd"
# ### 客户满意的意义
#
# *要不要把满意的客人变成非常满意的客人？*
#
# 人们认为满意的客户会再来、多花、推荐别人。有一种流行的说法走得更远（本课程说法清单中的 K20）：“**满意还不够：在有选择的地方，只有非常满意的客户才会留下**”。它源于 Jones & Sasser 1995：在施乐（Xerox），仅仅满意的客户再次购买的可能性，只有完全满意者的六分之一；曲线的形状取决于竞争。我们试三种市场：客人别无选择、我们的酒店、处处有对手。从前往后，满意越来越要紧，离开也越来越常见。运行之前，先画出你心目中的三条曲线。

# %% syllabus=["L5.1.2"]
markets = {"captive": {"market.churn.choice": 0.0, "market.churn.beta_b": 600.0},
           "ours": {},
           "hot": {"market.churn.choice": 2.0, "market.churn.beta_b": 20.0}}
runs = {name: crm.simulate(hotel.change(market), customers=10_000, months=24, seed=5) for name, market in markets.items()}
stay = pd.DataFrame({name: analysis.staying_by(one.panel())["stay_a_year"] for name, one in runs.items()})
plots.lines(analysis.named(stay, "l5.market"), title="l5.curve.title", x="l5.curve.x", y="l5.curve.y", y_range=(0, 100))

# %% syllabus=["L5.1.2"]
places = {"low": stay.loc[1], "middle": stay.loc[[5, 6]].mean(), "high": stay.loc[10]}
values = {f"{market}_{place}": row[market] for place, row in places.items() for market in markets}
Markdown(say("l5.curve.says", **values))

# %% [markdown] lang="en" id="verdict"
# **Verdict: half true.** Without choice, satisfaction decides nothing; with choice it counts. But "only" is wrong: in our hotel most of the merely satisfied stay too, and more is won by lifting the lowest to the middle than the middle to the top. The claim comes nearest where there is a rival at every door.
#
# **A doubt.** We put the shape in ourselves: every step of satisfaction lowers the hazard of leaving over service by the same proportion. Mittal & Kamakura 2001, with 100,040 car customers, found behaviour rising ever more steeply with satisfaction, and a group with no link at all. A model cannot judge a shape it was given; your own data can.
#
# What would a manager see, who has only answers?

# %% [markdown] lang="zh" ack="57a082.921af1"
# **结论：对一半**。没有选择时，满意决定不了什么；有选择时，它才算数。但“只有”二字不对：在我们的酒店，仅仅满意的客人大多也留下了；把最低的一组提到中间，比把中间的提到最高，得到的更多。处处有对手时，这个说法最接近事实。
#
# **存疑**：曲线的形状是我们自己放进去的。按我们的公式，满意每提高一级，因服务而离开的风险率（hazard）就按同一比例下降。Mittal & Kamakura 2001 研究了 100,040 位汽车客户，发现满意越高，行为上升得越陡，还有一组人根本看不出关系。给模型什么形状，它就还你什么形状，所以它当不了裁判，你自己的数据才当得了。
#
# 手里只有调查回答的管理者，会看到什么？

# %% syllabus=["L5.1.2", "L5.1.3"]
later = analysis.lost_after_answer(panel)
display(analysis.named(later.round(1), "l5.answer"))
Markdown(say("l5.answer.says", low=later["lost"].iloc[0], high=later["lost"].iloc[-1]))

# %% [markdown] lang="en"
# The order is right, the difference smaller: an answer is noisy, and in a year satisfaction moves on. Kumar, Dalla Pozza & Ganesh 2013 call the variance explained by satisfaction alone "rather small".
#
# **Do.** Set `"market.churn.choice"` of the hot market to 0.0, and guess the curve before you run it.

# %% [markdown] lang="zh" ack="a201ed.9b1b1a"
# 次序没有错，差别却小了：回答里有噪声，一年之中满意也会变。Kumar, Dalla Pozza & Ganesh 2013 认为，单凭满意能解释的差异“相当小”。
#
# **动手**：把 `"market.churn.choice"` 在第三种市场里的值改成 0.0，先猜曲线的样子，再运行。

# %% [markdown] lang="en" id="measuring" syllabus=["L5.1.3"]
# ### How it is measured
#
# *The survey went from 82 to 85. Do we celebrate?*
#
# The customer satisfaction score (**CSAT**) is the share of answers in the top boxes. The net promoter score (**NPS**) is the per cent of 9–10 less the per cent of 0–6 to "would you recommend us?". A **satisfaction index** is a weighted mean of several questions on 0–100 (Fornell et al. 1996). All three hear only those who answer. In a simulation we can let everybody answer:

# %% [markdown] lang="zh" ack="268269.9cbdf4"
# ### 客户满意度的衡量
#
# *调查结果从 82 升到 85，值得庆祝吗？*
#
# 客户满意度得分（customer satisfaction score，**CSAT**）是选择最高几档的回答所占的百分比。净推荐值（net promoter score，**NPS**）是对“你愿意推荐我们吗”回答 9–10 分的百分比，减去回答 0–6 分的百分比。**满意度指数**（satisfaction index）是几道题的加权平均，换算到 0–100（Fornell et al. 1996）。三者都只听得到回答者的声音。在模拟（simulation）里，我们可以让人人都回答：

# %% syllabus=["L5.1.3"]
asked = hotel.change({"policy.survey.share": 1.0, "market.survey.answer_base": 1.0})
everyone = analysis.instruments(crm.simulate(asked, customers=20_000, months=36, seed=5).panel())
analysis.named(pd.DataFrame({"answered": survey, "everyone": everyone}).round(1), "l5.instrument")

# %% syllabus=["L5.1.3"]
kpis = run.kpis
rate = kpis["survey_answers"].sum() / (hotel.policy.survey.share * kpis["active"].sum())
bias, gap = survey["csat"] - everyone["csat"], survey["latent"] - everyone["latent"]
display(Markdown(say("l5.instrument.says", bias=bias, gap=gap, rate=rate)))
needed = analysis.answers_needed(0.82, 0.85)
Markdown(say("l5.needed", first=0.82, second=0.85, needed=needed, monthly=kpis["survey_answers"].mean()))

# %% [markdown] lang="en"
# **What we see.** Three instruments, three numbers for the same guests: compare a number only with itself. And silence is not neutral: this is **non-response bias**.
#
# **A doubt.** Who answers is our assumption: the very satisfied and the very dissatisfied most. Where the angry write most, the bias turns. In both columns those who left are asked by nobody. And NPS is not above the others: in 21 firms it did not beat them (Keiningham et al. 2007).
#
# **Do.** How many answers for 84 and 86? Guess the factor first.

# %% [markdown] lang="zh" ack="2cedf6.b81082"
# **我们看到**：三种工具对同一批客人给出三个数，一个数只能和它自己比。沉默也不是中立的，这叫**无应答偏差**（non-response bias）。
#
# **存疑**：谁来回答，是我们的假设：非常满意和非常不满（dissatisfaction）的人回答得最多。如果生气的人写得最多，偏差就会反过来。两列里都没有已经离开的人，没有谁去问他们。NPS 也不高人一等：在 21 家企业中，它并不胜过其他指标（Keiningham et al. 2007）。
#
# **动手**：要分清 84 和 86，需要多少份回答？先猜是几倍。

# %% [markdown] self_check="L5-02"

# %% [markdown] lang="en" id="expectation" syllabus=["L5.2.1"]
# ## What drives it
#
# ### Expectation
#
# *Marketing wants to show the suite. What will that cost?*
#
# Expectation grows from the trade's norm, from experience (the first stays count most: Rust et al. 1999) and from the firm's promise (Boulding et al. 1993). A bed can be inspected before booking (search), quiet only by sleeping there (experience), a clean kitchen never quite (credence): the less one can see, the more the promise decides. Promising beyond the service opens one service gap; misunderstanding guests, weak standards and weak delivery open others (Parasuraman, Zeithaml & Berry 1985).
#
# Promising is free. We raise the promise, and hold the result against an honest one:

# %% [markdown] lang="zh" ack="540a9a.ff1ddb"
# ## 影响客户满意的因素
#
# ### 客户期望
#
# *市场部想在广告里放套房的照片。代价是什么？*
#
# 期望来自三处：行业的一般水平，自己的体验（头几次入住影响最大：Rust et al. 1999），以及企业的承诺（Boulding et al. 1993）。床，订房之前就能看，属于搜寻属性（search）；安静，住过才知道，属于体验属性（experience）；厨房是否干净，始终难以确知，属于信任属性（credence）。越是看不见的，越由承诺说了算。承诺超过服务，就造成一种服务差距（service gap）；不了解客人、标准不力、执行不力，造成另外几种（Parasuraman, Zeithaml & Berry 1985）。
#
# 承诺不花钱。我们把承诺提高，再与如实的承诺比较：

# %% syllabus=["L5.2.1", "L5.3.1"]
def promise(scenario):
    honest = scenario.change({"policy.promise.level": hotel.policy.promise.level})
    pair = {"honest": honest, "promised": scenario}
    result = crm.compare(pair, customers=10_000, months=36, seed=5, replications=6)
    extra = analysis.gathered_difference(result, ["acquired", "lost", "profit"]) / [1, 1, 1e6]
    extra = analysis.named(extra, "l5.promise")
    chart = plots.lines(extra.iloc[:, :2], title="l5.promise.title", x="plots.column.month", y="l5.promise.y")
    return chart, extra.loc[[12, 24, 36]].round(1)

# %% syllabus=["L5.2.1"]
chart, bold = promise(hotel.change({"policy.promise.level": 0.9}))
display(chart, bold)
came, gone, profit = bold.to_numpy().T
Markdown(say("l5.promise.says", first=100 * gone[0] / came[0], last=100 * gone[-1] / came[-1], profit=profit[-1]))

# %% [markdown] lang="en"
# **What we see.** Arrivals come at once, departures follow. Whoever is judged by the first year is judged by the arrivals.
#
# **A doubt.** How far guests believe a promise, and how strongly it draws them, nobody has measured: both are our assumptions. And the count stops after three years; the leaving does not.
#
# **Do.** Promise 0.78 in place of 0.9. Is the bill smaller, or only later?

# %% [markdown] lang="zh" ack="e6b422.ccd7d5"
# **我们看到**：来的人马上就来，走的人随后才走。谁的业绩只看第一年，谁的业绩就只看来了多少人。
#
# **存疑**：客人相信几分，承诺有多大吸引力，没有人测量过，都是我们的假设。而且账只算到第三年，离开却不会停在第三年。
#
# **动手**：把承诺从 0.9 改成 0.78。代价变小了，还是只是来得更晚？

# %% [markdown] self_check="L5-03"

# %% [markdown] lang="en" id="value" syllabus=["L5.2.2"]
# ### Perceived value
#
# *A rival is cheaper. Follow, or serve better?*
#
# **Perceived value** is what one gets against what one gives (Zeithaml 1988). Kotler lists product, service, people and image on one side; money, time, energy and worry on the other. What is delivered (technical quality) and how (functional quality) both count as getting. Price is the other half of value, not of satisfaction, which is "more quality-driven than value- or price-driven" (Fornell et al. 1996). In our formula value weighs a quarter.
#
# We give up 5% of the price, or put the same 30 yuan a month into service:

# %% [markdown] lang="zh" ack="b7f257.844d12"
# ### 客户感知价值
#
# *对手更便宜。跟着降价，还是把服务做好？*
#
# **感知价值**是所得与付出的权衡（Zeithaml 1988）。按科特勒（Kotler）的列法，一边是产品、服务、人员和形象，另一边是货币、时间、体力和精神。给了什么是技术质量（technical quality），怎样给是功能质量（functional quality），都算所得。价格是价值的另一半，却不是满意的另一半：满意“更多由质量驱动，而不是由价值或价格驱动”（Fornell et al. 1996）。在我们的公式里，价值占四分之一。
#
# 我们降价 5%，或者把同样的每月 30 元用于服务：

# %% syllabus=["L5.2.2"]
cost = service_cost(hotel.policy.service, hotel.firm)
offers = {"today": hotel,
          "cheaper": hotel.change({"policy.price.level": 0.95}),
          "better": analysis.spend_on(hotel, "quality", cost + 30)}
result = crm.compare(offers, customers=10_000, months=36, seed=5, replications=6)
offer = result.summary.groupby("scenario", sort=False)[["csat", "profit"]].mean() / [1, 1e6]
offer["saved"] = analysis.fewer_lost(result)["mean"].reindex(offer.index, fill_value=0.0)
display(analysis.named(offer.round(1), "l5.value"))
Markdown(say("l5.value.says", cheaper=offer.loc["cheaper", "saved"], better=offer.loc["better", "saved"]))

# %% [markdown] lang="en"
# **A doubt.** Two assumptions decide: how much a price annoys, and what better service costs. Nor does the rival answer here. **Do.** Make the cut 10% and the service 60 yuan dearer: does the order change?

# %% [markdown] lang="zh" ack="d2fd24.db05ce"
# **存疑**：结果取决于两个假设：价格让人有多不快，改进服务要花多少钱。而且对手在这里不会还手。**动手**：改成降价 10%、服务多花 60 元：次序变了吗？

# %% [markdown] lang="en" id="managing" syllabus=["L5.3.1"]
# ## How to satisfy customers
#
# ### Managing expectation
#
# *How much less can we promise before nobody comes?*
#
# Promise what the service gives on most days; say what is not included; correct a false picture at booking. Low expectations are no aim in themselves: who never came cannot be satisfied, and to be preferred one need not exceed expectations (Rust et al. 1999). First a timid promise, then your own.

# %% [markdown] lang="zh" ack="0aac2a.bbd2e2"
# ## 如何让客户满意
#
# ### 把握客户期望
#
# *承诺可以低到什么程度，才不至于没人来？*
#
# 承诺服务在多数日子里做得到的水平；说清不包括什么；订房时就纠正误解。压低期望本身不是目的：没来的人谈不上满意；而要让客户偏爱你，也不是非超出期望不可（Rust et al. 1999）。先看一个保守的承诺，再试你自己的。

# %% syllabus=["L5.3.1"]
chart, timid = promise(hotel.change({"policy.promise.level": 0.55}))
display(chart, timid)
came, gone, profit = timid.to_numpy().T
Markdown(say("l5.promise.fewer", level=0.55, joined=-came[-1], lost=-gone[-1], profit=profit[-1]))

# %% id="explorer" syllabus=["L5.3.1"] tags=["interactive"]
settings = {"policy.promise.level": ("l5.promise.level", 0.4, 1.0),
            "market.expectation.promise_weight": ("l5.promise.belief", 0.0, 1.0),
            "market.joining.promise_effect": ("l5.promise.attraction", 0.0, 4.0, 0.1)}
knobs(hotel.change({"policy.promise.level": 0.55}), settings, promise)

# %% [markdown] lang="en"
# Without a kernel the knobs stand still; the chart and table above show them where they start.
#
# **Do.** (1) Find the promise with the highest profit after 36 months. (2) Set belief and attraction to 1 and look again: where is the best promise now? (3) Say which of the two numbers you would measure first in your own firm, and how.
#
# **What you will find.** Profit moves by a few per cent; what moves is who comes and who goes. The best promise jumps from one end to the other with two numbers that nobody has measured.
#
# **A doubt.** Here a promise stays as it is for three years, and no guest compares notes with another about it. Yours will.

# %% [markdown] lang="zh" ack="375dd4.0b0507"
# 没有内核时，旋钮不会动；上面的图和表，就是旋钮在起始位置上的画面。
#
# **动手**：（1）找出 36 个月后利润最高的承诺。（2）把“客人相信几分”和“承诺的吸引力”都调到 1 再看：最好的承诺跑到哪里去了？（3）在自己的企业里，这两个数你会先测哪一个，怎样测？
#
# **你会发现**：利润只变动百分之几，变的是谁来、谁走。最好的承诺会从一端跳到另一端，全看两个没有人测量过的数。
#
# **存疑**：在这里，一个承诺三年不变，客人之间也不会拿它互相印证。你的客人会。

# %% [markdown] lang="en" id="exceeding" syllabus=["L5.3.2"]
# ### Letting perceived value exceed expectation
#
# *Exceed expectation, or never fall short of it?*
#
# Both close the gap from below. Raising the mean lifts every stay, but expectation soon follows. Cutting the swings takes away the bad stays with the brilliant ones; if falling short weighs double, that is a good exchange. Customer care belongs here too: the call before arrival, the word during the stay, the birthday greeting after it. Care is a means to satisfaction, and its budget must pay like any other.
#
# Back to the board's 10%:

# %% [markdown] lang="zh" ack="b5bfd0.beac8e"
# ### 让客户感知价值超越客户期望
#
# *是超出期望，还是绝不低于期望？*
#
# 两者都是从下面缩小差距。提高均值，每次入住都更好，但期望很快会跟上来。减小波动，糟糕的入住少了，惊喜的入住也少了；如果“不足”的分量加倍，这笔交换就划算。客户关怀（customer care）也属于这里：到店前的电话，住店时的问候，离店后的生日祝福。关怀是达到满意的手段，它的预算和别的预算一样，要挣得回来。
#
# 回到董事会的 10%：

# %% syllabus=["L5.3.2"]
budget = 1.1 * cost
options = {"today": hotel,
           "raise": analysis.spend_on(hotel, "quality", budget),
           "steady": analysis.spend_on(hotel, "swing", budget)}
today, raised, steadied = (option.policy.service for option in options.values())
Markdown(say("l5.option.money", today=cost, budget=budget, quality=today.quality, raised=raised.quality,
             swing=today.swing, steadied=steadied.swing))

# %% syllabus=["L5.3.2"]
decided = crm.compare(options, customers=20_000, months=36, seed=5, replications=6)
saved = analysis.fewer_lost(decided)
gain = decided.table().loc["profit"].xs("difference", level=1) / 1e6
analysis.named(saved.assign(profit=gain).round(2), "l5.option")

# %% [markdown] lang="en" id="schools"
# **Two schools.** Does the answer rest on the belief that falling short weighs double? Switch it:

# %% [markdown] lang="zh" ack="7fa731.007c73"
# **两派之争**：这个答案，是否取决于“不足的分量加倍”这一看法？换一种看法试试：

# %% syllabus=["L5.3.2"]
beliefs = {"double": 0.5, "equal": 0.25}
def believing(weight, swing_cost=hotel.firm.swing_cost):
    belief = {"market.satisfaction.falling_short": weight, "firm.swing_cost": swing_cost}
    held = {name: option.change(belief) for name, option in options.items()}
    return held | {"steady": analysis.spend_on(held["today"], "swing", budget)}
judged = {school: crm.compare(believing(weight), customers=20_000, months=36, seed=5, replications=6)
          for school, weight in beliefs.items()}
found = pd.concat({school: analysis.fewer_lost(result) for school, result in judged.items()})

# %% syllabus=["L5.3.2"]
names = {"raise": "l5.option.raise", "steady": "l5.option.steady",
         "double": "l5.school.double", "equal": "l5.school.equal"}
mean, low, high = (found[side].unstack() for side in ("mean", "low", "high"))
top = 1.2 * high.max().max()
display(plots.bars(mean, low=low, high=high, title="l5.school.title", y="l5.school.y", names=names, y_range=(0, top)))
values = {f"{option}_{school}": mean.loc[school, option] for option in mean for school in beliefs}
Markdown(say("l5.school.says", **values))

# %% [markdown] lang="en"
# **What we see.** The size changes with the school; the decision does not. Then what does it rest on? We never knew what steadiness costs. Let its price vary:

# %% [markdown] lang="zh" ack="165b79.2aa0a3"
# **我们看到**：数字随学派而变，决定却没有变。那么决定取决于什么？我们其实并不知道求稳要花多少钱。让这个价钱变化：

# %% syllabus=["L5.3.2"]
prices = np.array([5.0, 10.0, 15.0, 20.0, 25.0])
def lead(weight, price):
    held = believing(weight, np.log2(1 + price / 100))
    pair = {name: held[name] for name in ("raise", "steady")}
    result = crm.compare(pair, customers=10_000, months=36, seed=5, replications=4)
    return analysis.fewer_lost(result).loc["steady", "mean"]
ahead = {school: [lead(weight, price) for price in prices] for school, weight in beliefs.items()}
ahead = pd.DataFrame(ahead, index=prices)
plots.lines(ahead, title="l5.map.title", x="l5.map.x", y="l5.map.y", names=names)

# %% syllabus=["L5.3.2"]
even = {school: np.interp(0.0, -ahead[school], prices) for school in beliefs}
other = {"double": even["equal"], "equal": even["double"]}
stake = max(abs(np.interp(other[school], prices, ahead[school])) for school in beliefs)
ours = 100 * (2**hotel.firm.swing_cost - 1)
Markdown(say("l5.map.says", **even, ours=ours, stake=stake))

# %% [markdown] lang="en" id="useful"
# **The most useful sentence of the day.** Where the schools disagree about the decision, little hangs on it; where much hangs on it, they agree. Do not settle the psychologists' quarrel first. Find out what steadiness costs you.
#
# **A doubt.** All costs here are assumptions, and ten per cent is one budget among many. **Do.** What would halving the swings cost in your firm? Put that price among `prices`.

# %% [markdown] lang="zh" ack="fe551c.506a33"
# **今天最有用的一句话**：两派决定不同的地方，得失很小；得失大的地方，两派决定相同。不必先为心理学家断案，先去弄清求稳要花你多少钱。
#
# **存疑**：这里的成本都是假设，10% 也只是一种预算。**动手**：在你的企业，波动减半要花多少钱？把这个价钱加进 `prices`。

# %% [markdown] lang="en" id="return"
# ## Back to your commitment

# %% [markdown] lang="zh" ack="30e18c.594840"
# ## 回到你的选择

# %% id="result"
pair = {name: options[name] for name in ("today", "raise")}
longer = crm.compare(pair, customers=20_000, months=60, seed=5, replications=4).table()
five_years = longer["raise", "difference"]["profit"] / 1e6
beyond = 1 - kpis["lost_service"].sum() / kpis["lost"].sum()
Markdown(say("l5.result", choice=my_choice, guess=my_guess, **saved.loc["raise"], steadied=saved.loc["steady", "mean"],
             profit_a=gain["raise"], profit_b=gain["steady"], five_years=five_years, beyond=beyond))

# %% [markdown] lang="en" id="monday"
# Which option is best depends on what you count: guests kept, the profit of three years, or of five. And was your guess too high? Between an answer, a feeling and a departure there is much room: so 85% satisfied and a quarter lost can both be true.
#
# ## On Monday
#
# Half an hour with your own survey. Fill in, with a source for each line; a line you cannot fill is your first task.
#
# ```
# Ask      asked: ____   answered: ____   left without being asked: ____
#          answers needed for the difference we care about: ____
# Analyse  lost within a year, by answer: 0–6 ____   7–8 ____   9–10 ____
# Promise  what we promise: ____   share of encounters that fall short of it: ____
# Improve  cost of raising the mean: ____   cost of halving the swings: ____
#          one improvement: ____   owner: ____   by: ____
# Watch    the number that will tell, and when it can tell: ____
# ```

# %% [markdown] lang="zh" ack="ec74b2.a292d3"
# 哪一项最好，要看你数的是什么：留住的客人，三年的利润，还是五年的利润。你的猜测是不是偏高？一次回答、一种感受、一次离开，彼此隔得很远，所以 85% 满意和四分之一流失可以同时成立。
#
# ## 周一就做
#
# 用半小时看看自己的满意度调查。逐行填写，注明出处；填不出来的那一行，就是你的第一项任务。
#
# ```
# 调查  问了____人  回答____人  没问就走了____人
#       要看出我们关心的差异，需要回答____份
# 分析  一年内流失：打 0–6 分的____  7–8 分的____  9–10 分的____
# 承诺  我们承诺的是____  低于承诺的接触占____
# 改进  提高均值的花费____  波动减半的花费____
#       一项改进____  负责人____  期限____
# 观察  看哪个数，何时看得出____
# ```

# %% [markdown] lang="en" id="recap"
# ## Recap
#
# 1. Satisfaction compares: performance, and its gap to expectation.
# 2. Satisfaction makes people stay only where they could go; even there it is one reason among several.
# 3. A survey hears those who answer. Ask who is silent and how many answers you need.
# 4. A promise draws at once and disappoints later; value is what one gets for what one gives.
# 5. Raise the mean or cut the swings? Their price decides before any theory does.
#
# **Terms**, defined in the course glossary: expectation, perceived performance, expectation disconfirmation, cumulative satisfaction, perceived value, CSAT, NPS, satisfaction index, non-response bias, service gap.
#
# ## Check yourself

# %% [markdown] lang="zh" ack="86e56d.6d1bbe"
# ## 小结
#
# 1. 满意来自比较：绩效，以及绩效与期望的差距。
# 2. 只有在可以走的地方，满意才使人留下；即便如此，它也只是原因之一。
# 3. 调查只听得到回答者。要问谁在沉默，要算需要多少份回答。
# 4. 承诺马上招来客人，随后才让人失望；价值是用付出换来的所得。
# 5. 提高均值还是减小波动？先由价钱决定，轮不到理论。
#
# **术语**，定义见课程术语表：期望、感知绩效、期望不一致、累积满意、感知价值、CSAT、NPS、满意度指数、无应答偏差、服务差距。
#
# ## 自测

# %% [markdown] self_check="L5-04"

# %% [markdown] self_check="L5-05"

# %% [markdown] self_check="L5-06"

# %% [markdown] self_check="L5-07"

# %% [markdown] lang="en" id="sources"
# ## Sources, and how sure we are
#
# *Read*: we read the statement, mostly in an abstract, an excerpt or a summary. *Recalled*: widely reproduced, not checked by us. *Assumed*: our choice.
#
# | What | Source | How sure |
# |---|---|---|
# | Satisfaction from expectation and disconfirmation | Oliver 1980 | recalled |
# | No direct effect of expectation | Anderson & Sullivan 1993 | read |
# | Falling short weighs more | Anderson & Sullivan 1993; Mittal, Ross & Baldasare 1998 | read |
# | Equal weights explain as much | Streukens & de Ruyter 2004 | read |
# | Loss aversion 2.25 | Tversky & Kahneman 1992 | recalled |
# | Weights 0.25 and 0.5, value a quarter | – | assumed |
# | Satisfaction as an anchor | Bolton 1998 | form read, numbers assumed |
# | Curve by competition, Xerox | Jones & Sasser 1995 | read |
# | Behaviour rises ever more steeply | Mittal & Kamakura 2001 | read |
# | Satisfaction explains little variance | Kumar, Dalla Pozza & Ganesh 2013 | read |
# | NPS does not beat other metrics | Keiningham, Cooil, Andreassen & Aksoy 2007 | read |
# | Quality before value and price | Fornell et al. 1996 | read |
# | Index as a weighted mean | Fornell et al. 1996 | recalled |
# | Learning from experience; no need to exceed | Rust, Inman, Jia & Zahorik 1999 | read |
# | Promise raises expectation | Boulding, Kalra, Staelin & Zeithaml 1993 | form recalled, numbers assumed |
# | Service gaps | Parasuraman, Zeithaml & Berry 1985 | read |
# | Value as getting and giving | Zeithaml 1988; Kotler | recalled |
# | Who answers; costs; the hotel's numbers | – | assumed |

# %% [markdown] lang="zh" ack="ec074c.f01ffd"
# ## 来源与可靠程度
#
# *读过*：我们读到了这一说法，多半是在摘要、节选或综述里。*记得*：广为转述，我们没有核对。*假设*：我们自己的选择。
#
# | 内容 | 来源 | 可靠程度 |
# |---|---|---|
# | 满意来自期望与期望不一致 | Oliver 1980 | 记得 |
# | 期望没有直接影响 | Anderson & Sullivan 1993 | 读过 |
# | “不足”分量更重 | Anderson & Sullivan 1993；Mittal, Ross & Baldasare 1998 | 读过 |
# | 权重相等解释得同样好 | Streukens & de Ruyter 2004 | 读过 |
# | 损失厌恶 2.25 | Tversky & Kahneman 1992 | 记得 |
# | 权重 0.25 与 0.5，价值占四分之一 | – | 假设 |
# | 满意是一只锚 | Bolton 1998 | 形式读过，数值为假设 |
# | 曲线随竞争而变，施乐 | Jones & Sasser 1995 | 读过 |
# | 行为上升得越来越陡 | Mittal & Kamakura 2001 | 读过 |
# | 满意能解释的差异很小 | Kumar, Dalla Pozza & Ganesh 2013 | 读过 |
# | NPS 不胜过其他指标 | Keiningham, Cooil, Andreassen & Aksoy 2007 | 读过 |
# | 质量先于价值和价格 | Fornell et al. 1996 | 读过 |
# | 指数是加权平均 | Fornell et al. 1996 | 记得 |
# | 从体验中学习；不必超出期望 | Rust, Inman, Jia & Zahorik 1999 | 读过 |
# | 承诺抬高期望 | Boulding, Kalra, Staelin & Zeithaml 1993 | 形式记得，数值为假设 |
# | 服务差距 | Parasuraman, Zeithaml & Berry 1985 | 读过 |
# | 价值是所得与付出的权衡 | Zeithaml 1988；Kotler | 记得 |
# | 谁来回答；成本；酒店的各项数值 | – | 假设 |

# %% [markdown] lang="en" id="instructor" audience="instructor"
# ## For the instructor
#
# **Minutes.** 0 commitments: a show of hands for A, B, C, and the guesses on the board, highest and lowest. 5 the guest's story. 12 glass box. 18 K20: everybody sketches the curve for their own trade before the chart. 30 survey. 40 promise; 48 value. 55 knobs, in pairs. 65 the board's 10%, schools, price of steadiness. 80 the guesses on the board against the result; Monday's template. 85 recap and self-check.
#
# **What people get wrong, and the question that untangles it.**
#
# - *"Expectation lowers satisfaction, so keep it low."* What happens to the guest who never comes?
# - *"85% satisfied, so 15% will leave."* Of whom did we ask, and when?
# - *"The 9s and 10s stay longer, so make more of them."* Would an 8 who becomes a 9 turn into the person who was a 9 before?
# - *"B saves fewer, so swings do not matter."* At what price of steadiness would you say so?
# - They read the bars' intervals as the spread of guests. Ask what would shrink them: more guests, or more alike guests?
#
# **What splits the room.** "The board pays you by this year's arrivals. What do you promise?" Let one half argue for the manager, the other for her successor.
#
# **When late** leave out perceived value's code and the price cut, and send the knobs home; never leave out the return to the guesses.
#
# **Every number** in the text comes from its cell. The statements around them are held by `tests/notebooks/test_l5.py`; if you change the preset, run it.

# %% [markdown] lang="zh" ack="8be3f1.22d03d"
# ## 给教师
#
# **时间**：0 作选择：举手选 A、B、C，把最高和最低的猜测写在黑板上。5 一位客人的故事。12 打开黑箱。18 K20：看图之前，人人先画出自己行业的曲线。30 调查。40 承诺；48 价值。55 两人一组转旋钮。65 董事会的 10%、两派、求稳的价钱。80 黑板上的猜测与结果对照；周一的表格。85 小结与自测。
#
# **常见误解，以及点破它的问题**：
#
# - “*期望会降低满意，所以要压低期望*”：没来的客人怎么算？
# - “*85% 满意，那就是 15% 会走*”：我们问的是谁，什么时候问的？
# - “*打 9 分、10 分的人留得久，那就多造一些*”：一个从 8 分变成 9 分的人，会变成原来就打 9 分的那种人吗？
# - “*B 留住的人少，可见波动不要紧*”：求稳的价钱是多少时，你才会这么说？
# - 把柱上的区间读成客人之间的差别。问：怎样才能使它变窄，是客人更多，还是客人更相像？
#
# **能让课堂分成两派的问题**：“董事会按今年来了多少人给你发奖金，你怎样承诺？”一半人替这位经理说话，另一半人替她的继任者说话。
#
# **时间不够时**，略去感知价值的代码和降价的比较，把旋钮留作课后；但回看猜测这一步绝不能省。
#
# **每个数字**都由旁边的代码算出。围绕它们的判断由 `tests/notebooks/test_l5.py` 把守；如果你改动了预设情景（preset），请运行它。
